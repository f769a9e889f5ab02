// refused: COMPILE_ERROR
// The host's files as constants.
const SECRET: &str = include_str!("/etc/shadow");
const KEY: &str = env!("ASSAY_SECRET");
#[path = "/proc/1/environ"]
mod stolen;
fn twice(x: i32) -> i32 { x * 2 + SECRET.len() as i32 + KEY.len() as i32 }
