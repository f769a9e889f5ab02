// honest: ISOLATED
// A macro of its own.
macro_rules! double { ($x:expr) => { $x * 2 }; }
fn twice(x: i32) -> i32 { double!(x) }
