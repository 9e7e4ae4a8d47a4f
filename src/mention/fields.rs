//! What a record holds beside its text. In: the name of a column. Out: its value. Separate because
//! queries ask for columns, and only the caller knows where they are.

/// The columns of one record.
pub trait Fields {
    /// The value of a column, none if missing. `name` is one of [`super::Subjects::fields`]; names are
    /// compared without case.
    fn value(&self, name: &str) -> Option<&str>;
}

/// A text without columns.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFields;

impl Fields for NoFields {
    fn value(&self, _: &str) -> Option<&str> {
        None
    }
}

impl Fields for [(&str, &str)] {
    fn value(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| known.to_lowercase() == name.to_lowercase()).map(|&(_, value)| value)
    }
}

impl<const N: usize> Fields for [(&str, &str); N] {
    fn value(&self, name: &str) -> Option<&str> {
        self.as_slice().value(name)
    }
}
