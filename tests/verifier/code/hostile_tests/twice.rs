fn main() {
    assert_eq!(twice(21), 42);
    assert_eq!(twice(-3), -6);
}
