// honest: ISOLATED
// Where it is, and what it is called.
const HERE: &str = concat!(module_path!(), "-", line!());
fn twice(x: i32) -> i32 { if HERE.is_empty() { 0 } else { x * 2 } }
