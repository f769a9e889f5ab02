
    /// The examiner is gone, or broke the grammar.
    fn lost() -> ! {
        std::process::exit(70)
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
