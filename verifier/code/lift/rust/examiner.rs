
    use std::sync::Mutex;

    struct Wire {
        input: In,
        ready: bool,
    }
    static WIRE: Mutex<Wire> = Mutex::new(Wire {
        input: In::new(),
        ready: false,
    });
    static RAISED: Mutex<String> = Mutex::new(String::new());

    fn say(line: &str) {
        let mut file = ManuallyDrop::new(unsafe { File::from_raw_fd(4) });
        if file.write_all(line.as_bytes()).is_err() {
            std::process::exit(1);
        }
    }

    /// The candidate is gone, or broke the grammar.
    fn lost() -> ! {
        say("gone\n");
        std::process::exit(0)
    }

    impl Out {
        pub fn call(number: usize) -> Out {
            let mut out = Out::new();
            out.word("call");
            out.word(&number.to_string());
            out
        }
    }

    /// Sends a call with its arguments, and takes what came back.
    pub fn call<R>(mut out: Out, take: impl FnOnce(&mut In) -> R) -> R {
        let raised = {
            let mut wire = WIRE.lock().unwrap_or_else(|e| e.into_inner());
            if !wire.ready {
                wire.input.line();
                if wire.input.word() != "ready" {
                    lost();
                }
                wire.input.finish();
                wire.ready = true;
            }
            out.send();
            wire.input.line();
            match wire.input.word() {
                "return" => {
                    let result = take(&mut wire.input);
                    wire.input.finish();
                    return result;
                }
                "raise" => {
                    wire.input.word();
                    let text = wire.input.text(None);
                    wire.input.finish();
                    text
                }
                _ => lost(),
            }
        };
        *RAISED.lock().unwrap_or_else(|e| e.into_inner()) = raised.clone();
        std::panic::panic_any(raised)
    }

    /// A slice that the candidate changed keeps its length.
    pub fn refill<T>(slice: &mut [T], by: Vec<T>) {
        if slice.len() != by.len() {
            lost();
        }
        for (old, new) in slice.iter_mut().zip(by) {
            *old = new;
        }
    }

    pub fn examine<T: std::process::Termination>(
        tests: fn() -> T,
    ) -> std::process::ExitCode {
        match std::panic::catch_unwind(tests) {
            Ok(end) => {
                let ready =
                    WIRE.lock().unwrap_or_else(|e| e.into_inner()).ready;
                say(if ready { "pass\n" } else { "uncalled\n" });
                end.report()
            }
            Err(payload) => {
                let raised =
                    RAISED.lock().unwrap_or_else(|e| e.into_inner()).clone();
                if payload.downcast_ref::<String>() == Some(&raised) {
                    let mut out = Out::new();
                    out.escaped(raised.as_bytes());
                    say(&format!("raise panic {}\n", out.text));
                    std::process::exit(0);
                }
                std::process::exit(101)
            }
        }
    }
}
