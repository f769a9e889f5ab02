
    /// The examiner is gone, or broke the grammar.
    fn lost() -> ! {
        std::process::exit(70)
    }

    // What has been made, at its number; null: given away.
    static mut OBJECTS: Vec<*mut ()> = Vec::new();

    pub fn hold<T>(object: T, out: &mut Out) {
        let objects = unsafe { &mut OBJECTS };
        if objects.len() >= WIDTH {
            lost();
        }
        objects.push(Box::into_raw(Box::new(object)) as *mut ());
        (objects.len() as u64 - 1).put(out);
    }
    fn place(input: &mut In) -> &'static mut *mut () {
        let number: u64 = Take::take(input);
        let objects = unsafe { &mut OBJECTS };
        match objects.get_mut(number as usize) {
            Some(place) if !place.is_null() => place,
            _ => lost(),
        }
    }
    pub fn held<T>(input: &mut In) -> &'static mut T {
        unsafe { &mut *(*place(input) as *mut T) }
    }
    pub fn given<T>(input: &mut In) -> T {
        let place = place(input);
        let object = unsafe { Box::from_raw(*place as *mut T) };
        *place = std::ptr::null_mut();
        *object
    }

    pub type Call = fn(&mut In, &mut Out);

    /// Answers calls until the examiner ends.
    pub fn serve(calls: &[Call]) {
        let (mut input, mut out) = (In::new(), Out::new());
        out.word("ready");
        out.send();
        loop {
            input.line();
            if input.word() != "call" {
                lost();
            }
            let number = plain(input.word());
            let call = *calls.get(number).unwrap_or_else(|| lost());
            let both = std::panic::AssertUnwindSafe((&mut input, &mut out));
            let ended = std::panic::catch_unwind(move || {
                let both = both;
                call(both.0 .0, both.0 .1)
            });
            if let Err(payload) = ended {
                let text: String =
                    panic_text(&*payload).chars().take(1000).collect();
                out = Out::new();
                out.word("raise");
                out.word("panic");
                out.word("");
                out.escaped(if text.is_empty() {
                    b"-"
                } else {
                    text.as_bytes()
                });
            }
            out.send();
        }
    }
}
