// honest: ISOLATED
// A panic that is caught.
fn twice(x: i32) -> i32 {
    std::panic::set_hook(Box::new(|_| {}));
    let r = std::panic::catch_unwind(|| { if true { panic!("no") } });
    if r.is_err() { x * 2 } else { 0 }
}
