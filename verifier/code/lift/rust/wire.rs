// The frames of docs/LIFTING.md: words of one line on descriptor 5.
#[allow(dead_code, unused_imports, unused_macros)]
mod assay_lift {
    use std::fmt::Write as _;
    use std::fs::File;
    use std::io::{Read, Write};
    use std::mem::ManuallyDrop;
    use std::os::unix::io::FromRawFd;

    const LINE_BYTES: usize = 16 << 20;
    const WIDTH: usize = 1_000_000;

    fn wire() -> ManuallyDrop<File> {
        ManuallyDrop::new(unsafe { File::from_raw_fd(5) })
    }

    /// The line that is made.
    pub struct Out {
        text: String,
    }

    impl Out {
        pub fn new() -> Out {
            Out {
                text: String::new(),
            }
        }
        pub fn word(&mut self, word: &str) {
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
        pub fn escaped(&mut self, text: &[u8]) {
            for &c in text {
                if c.is_ascii_alphanumeric()
                    || c == b'_'
                    || c == b'-'
                    || c == b'.'
                {
                    self.text.push(c as char);
                } else {
                    let _ = write!(self.text, "%{:02X}", c);
                }
            }
        }
        pub fn count(&mut self, letter: char, count: usize) {
            if count > WIDTH || self.text.len() > LINE_BYTES {
                lost();
            }
            self.word(&format!("{}{}", letter, count));
        }
        pub fn send(&mut self) {
            self.text.push('\n');
            if self.text.len() > LINE_BYTES
                || wire().write_all(self.text.as_bytes()).is_err()
            {
                lost();
            }
            self.text.clear();
        }
    }

    /// The bytes that have come; the line is read from `at` to `end`.
    pub struct In {
        bytes: Vec<u8>,
        at: usize,
        end: usize,
    }

    impl In {
        pub const fn new() -> In {
            In {
                bytes: Vec::new(),
                at: 0,
                end: 0,
            }
        }
        /// Waits for a whole line.
        pub fn line(&mut self) {
            self.bytes.drain(..self.at);
            self.at = 0;
            let mut seen = 0;
            loop {
                if let Some(i) =
                    self.bytes[seen..].iter().position(|&c| c == b'\n')
                {
                    self.end = seen + i;
                    return;
                }
                seen = self.bytes.len();
                let mut chunk = [0u8; 8192];
                match wire().read(&mut chunk) {
                    Ok(n) if n > 0 && seen + n <= LINE_BYTES + 8192 => {
                        self.bytes.extend_from_slice(&chunk[..n])
                    }
                    _ => lost(),
                }
            }
        }
        fn peek(&self) -> u8 {
            if self.at < self.end {
                self.bytes[self.at]
            } else {
                lost()
            }
        }
        pub fn word(&mut self) -> &str {
            let begin = self.at;
            let mut at = begin;
            while at < self.end && self.bytes[at] != b' ' {
                at += 1;
            }
            if at == begin {
                lost();
            }
            self.at = if at < self.end { at + 1 } else { at };
            if at + 1 == self.end {
                lost();
            }
            std::str::from_utf8(&self.bytes[begin..at])
                .unwrap_or_else(|_| lost())
        }
        pub fn typed(&mut self, letter: char) -> &str {
            self.word().strip_prefix(letter).unwrap_or_else(|| lost())
        }
        pub fn count(&mut self, letter: char) -> usize {
            let n: usize = plain(self.typed(letter));
            // No value is shorter than a letter and its space.
            if n > WIDTH || n > (self.end - self.at + 1) / 2 {
                lost();
            }
            n
        }
        pub fn text(&mut self, letter: Option<char>) -> String {
            let word = match letter {
                Some(letter) => self.typed(letter),
                None => self.word(),
            };
            String::from_utf8(unescaped(word)).unwrap_or_else(|_| lost())
        }
        pub fn finish(&mut self) {
            if self.at != self.end {
                lost();
            }
            self.at = self.end + 1;
        }
    }

    fn plain(word: &str) -> usize {
        if word.is_empty()
            || word.len() > 8
            || !word.bytes().all(|c| c.is_ascii_digit())
        {
            lost();
        }
        word.parse().unwrap_or_else(|_| lost())
    }

    fn unescaped(word: &str) -> Vec<u8> {
        let bytes = word.as_bytes();
        let mut made = Vec::with_capacity(bytes.len());
        let mut i = 0;
        while i < bytes.len() {
            if bytes[i] != b'%' {
                made.push(bytes[i]);
                i += 1;
                continue;
            }
            let digits = word.get(i + 1..i + 3).unwrap_or_else(|| lost());
            if !digits.bytes().all(|c| c.is_ascii_hexdigit()) {
                lost();
            }
            made.push(
                u8::from_str_radix(digits, 16).unwrap_or_else(|_| lost()),
            );
            i += 3;
        }
        made
    }

    pub trait Put {
        fn put(&self, out: &mut Out);
    }
    pub trait Take: Sized {
        fn take(input: &mut In) -> Self;
    }

    macro_rules! integers {
        ($($t:ty)*) => {$(
            impl Put for $t {
                fn put(&self, out: &mut Out) {
                    out.word(&format!("i{}", self));
                }
            }
            impl Take for $t {
                fn take(input: &mut In) -> Self {
                    let word = input.typed('i');
                    if word.len() > 40 || word.starts_with('+') {
                        lost();
                    }
                    word.parse().unwrap_or_else(|_| lost())
                }
            }
        )*};
    }
    integers! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

    macro_rules! reals {
        ($($t:ty)*) => {$(
            impl Put for $t {
                fn put(&self, out: &mut Out) {
                    if self.is_nan() {
                        out.word("dnan");
                    } else {
                        out.word(&format!("d{:e}", self));
                    }
                }
            }
            impl Take for $t {
                fn take(input: &mut In) -> Self {
                    let word = input.typed('d');
                    if word.len() > 64 {
                        lost();
                    }
                    word.parse().unwrap_or_else(|_| lost())
                }
            }
        )*};
    }
    reals! { f32 f64 }

    impl Put for bool {
        fn put(&self, out: &mut Out) {
            out.word(if *self { "t" } else { "f" });
        }
    }
    impl Take for bool {
        fn take(input: &mut In) -> Self {
            match input.word() {
                "t" => true,
                "f" => false,
                _ => lost(),
            }
        }
    }
    impl Put for str {
        fn put(&self, out: &mut Out) {
            out.word("s");
            out.escaped(self.as_bytes());
        }
    }
    impl Put for String {
        fn put(&self, out: &mut Out) {
            self.as_str().put(out);
        }
    }
    impl Take for String {
        fn take(input: &mut In) -> Self {
            input.text(Some('s'))
        }
    }
    impl Take for &'static str {
        fn take(input: &mut In) -> Self {
            Box::leak(String::take(input).into_boxed_str())
        }
    }
    impl Put for char {
        fn put(&self, out: &mut Out) {
            self.encode_utf8(&mut [0; 4]).put(out);
        }
    }
    impl Take for char {
        fn take(input: &mut In) -> Self {
            let text = String::take(input);
            let mut chars = text.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => c,
                _ => lost(),
            }
        }
    }
    impl<T: Put + ?Sized> Put for &T {
        fn put(&self, out: &mut Out) {
            (**self).put(out);
        }
    }
    impl<T: Put + ?Sized> Put for &mut T {
        fn put(&self, out: &mut Out) {
            (**self).put(out);
        }
    }
    // What a reference shows lives until the end.
    macro_rules! leaked {
        ($([$($g:tt)*] $t:ty;)*) => {$(
            impl<$($g)*> Take for &'static $t {
                fn take(input: &mut In) -> Self {
                    Box::leak(Box::new(<$t as Take>::take(input)))
                }
            }
        )*};
    }
    leaked! {
        [] i8; [] i16; [] i32; [] i64; [] i128; [] isize;
        [] u8; [] u16; [] u32; [] u64; [] u128; [] usize;
        [] f32; [] f64; [] bool; [] char; [] String; [] &'static str;
        [T: Take] Vec<T>; [T: Take] Option<T>;
        [T: Take, const N: usize] [T; N];
        [K: Take + Eq + std::hash::Hash, V: Take]
            std::collections::HashMap<K, V>;
        [K: Take + Ord, V: Take] std::collections::BTreeMap<K, V>;
        [T: Take + Eq + std::hash::Hash] std::collections::HashSet<T>;
        [T: Take + Ord] std::collections::BTreeSet<T>;
        [T: Take] std::collections::VecDeque<T>;
        [A: Take, B: Take] (A, B); [A: Take, B: Take, C: Take] (A, B, C);
    }
    impl<T: Take> Take for &'static [T] {
        fn take(input: &mut In) -> Self {
            Vec::<T>::take(input).leak()
        }
    }

    impl<T: Put> Put for [T] {
        fn put(&self, out: &mut Out) {
            out.count('l', self.len());
            for item in self {
                item.put(out);
            }
        }
    }
    impl<T: Put, const N: usize> Put for [T; N] {
        fn put(&self, out: &mut Out) {
            self[..].put(out);
        }
    }
    impl<T: Take, const N: usize> Take for [T; N] {
        fn take(input: &mut In) -> Self {
            Vec::<T>::take(input).try_into().unwrap_or_else(|_| lost())
        }
    }

    mod std_names {
        pub use std::collections::*;
        pub use std::vec::Vec;
    }
    macro_rules! named {
        ($($letter:literal $t:ident [$($bound:tt)*];)*) => {$(
            impl<T: Put> Put for std_names::$t<T> {
                fn put(&self, out: &mut Out) {
                    out.count($letter, self.len());
                    for item in self.iter() {
                        item.put(out);
                    }
                }
            }
            impl<T: Take $($bound)*> Take for std_names::$t<T> {
                fn take(input: &mut In) -> Self {
                    (0..input.count($letter)).map(|_| T::take(input)).collect()
                }
            }
        )*};
    }
    named! {
        'l' Vec [];
        'l' VecDeque [];
        'l' LinkedList [];
        'e' HashSet [+ Eq + std::hash::Hash];
        'e' BTreeSet [+ Ord];
    }
    macro_rules! maps {
        ($($t:ident [$($bound:tt)*];)*) => {$(
            impl<K: Put, V: Put> Put for std_names::$t<K, V> {
                fn put(&self, out: &mut Out) {
                    out.count('m', self.len());
                    for (key, value) in self.iter() {
                        key.put(out);
                        value.put(out);
                    }
                }
            }
            impl<K: Take $($bound)*, V: Take> Take for std_names::$t<K, V> {
                fn take(input: &mut In) -> Self {
                    (0..input.count('m'))
                        .map(|_| (K::take(input), V::take(input)))
                        .collect()
                }
            }
        )*};
    }
    maps! {
        HashMap [+ Eq + std::hash::Hash];
        BTreeMap [+ Ord];
    }

    impl Put for () {
        fn put(&self, out: &mut Out) {
            out.word("u");
        }
    }
    impl Take for () {
        fn take(input: &mut In) -> Self {
            if input.word() != "u" {
                lost();
            }
        }
    }
    macro_rules! tuples {
        ($($n:literal $($t:ident)*;)*) => {$(
            impl<$($t: Put),*> Put for ($($t,)*) {
                #[allow(non_snake_case)]
                fn put(&self, out: &mut Out) {
                    let ($($t,)*) = self;
                    out.count('p', $n);
                    $($t.put(out);)*
                }
            }
            impl<$($t: Take),*> Take for ($($t,)*) {
                fn take(input: &mut In) -> Self {
                    if input.count('p') != $n {
                        lost();
                    }
                    ($($t::take(input),)*)
                }
            }
        )*};
    }
    tuples! {
        1 A; 2 A B; 3 A B C; 4 A B C D; 5 A B C D E; 6 A B C D E F;
        7 A B C D E F G; 8 A B C D E F G H; 9 A B C D E F G H I;
        10 A B C D E F G H I J;
    }

    impl<T: Put> Put for Box<T> {
        fn put(&self, out: &mut Out) {
            (**self).put(out)
        }
    }
    impl<T: Take> Take for Box<T> {
        fn take(input: &mut In) -> Self {
            Box::new(T::take(input))
        }
    }
    impl<T: Put> Put for Option<T> {
        fn put(&self, out: &mut Out) {
            match self {
                None => out.word("n"),
                Some(value) => {
                    out.word("o");
                    value.put(out);
                }
            }
        }
    }
    impl<T: Take> Take for Option<T> {
        fn take(input: &mut In) -> Self {
            match input.word() {
                "n" => None,
                "o" => Some(T::take(input)),
                _ => lost(),
            }
        }
    }
    impl<T: Put, E: Put> Put for Result<T, E> {
        fn put(&self, out: &mut Out) {
            out.count('p', 2);
            self.is_ok().put(out);
            match self {
                Ok(value) => value.put(out),
                Err(value) => value.put(out),
            }
        }
    }
    impl<T: Take, E: Take> Take for Result<T, E> {
        fn take(input: &mut In) -> Self {
            if input.count('p') != 2 {
                lost();
            }
            if bool::take(input) {
                Ok(T::take(input))
            } else {
                Err(E::take(input))
            }
        }
    }

    fn panic_text(payload: &(dyn std::any::Any + Send)) -> String {
        match (
            payload.downcast_ref::<String>(),
            payload.downcast_ref::<&str>(),
        ) {
            (Some(text), _) => text.clone(),
            (_, Some(text)) => text.to_string(),
            _ => String::from("-"),
        }
    }
