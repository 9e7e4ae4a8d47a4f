use std::io::{BufRead,Write};
fn main(){
 let t=std::time::Instant::now();
 let lex=earful::lexicon::builtin::lexicon().unwrap_or_else(|e| panic!("{e}"));
 for e in lex.unreachable(){eprintln!("UNREACH\t{}\t{}",e.origin,e.term);}
 eprintln!("compile {:?} entries {}", t.elapsed(), lex.entries().len());
 let mut r=earful::lexicon::Reading::new(); let mut h=earful::score::Hits::new();
 let out=std::io::stdout(); let mut out=std::io::BufWriter::new(out.lock());
 for line in std::io::stdin().lock().lines(){ let line=line.unwrap(); let v:serde_json::Value=serde_json::from_str(&line).unwrap();
  let text=v["text"].as_str().unwrap(); lex.read(text,&mut r); let s=earful::score::score(&r,text,&mut h);
  let (p,c,n)=h.as_slice().iter().fold((0,0,0),|(p,c,n),x|(p+x.value.max(0),c-x.value.min(0),n+(x.value!=0) as i32));
  writeln!(out,"{{\"id\":{},\"earful\":{{\"score\":{},\"polarity\":\"{}\",\"P\":{p},\"C\":{c},\"n\":{n},\"w\":{},\"known\":{},\"home\":{},\"e\":{}}}}}",v["id"],s.score as f64/1e4,s.polarity.name(),r.units().len(),r.content().0,r.home_words(), serde_json::to_string(&h.as_slice().iter().map(|x|(lex.entry(r.units()[x.unit as usize].entry).map_or("?",|e|e.term.as_str()),x.value)).collect::<Vec<_>>()).unwrap()).unwrap();
 }
}
