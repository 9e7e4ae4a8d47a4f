//! What the page may do. In: its style and its script. Out: the policy that allows them and nothing else.
//! Separate because it must be about the very bytes that are embedded.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The page's own style and script, as a browser sees them: it turns line ends into line feeds before it
/// takes a hash.
pub fn own(text: &str) -> String {
    text.replace('\r', "")
}

/// The Content-Security-Policy (W3C, level 3) of a page with this style and this script.
pub fn policy(style: &str, script: &str) -> String {
    format!(
        "default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    )
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    #[test]
    fn hashes_are_those_of_the_standard() {
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        assert!(super::policy("", "alert(1)").contains("script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"));
    }
}
