// honest: ISOLATED
// Prints lines that look like answers.
fn twice(x: i32) -> i32 {
    println!("return i7\npass");
    x * 2
}
