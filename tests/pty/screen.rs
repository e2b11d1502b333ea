//! A terminal with the built program in it, read as a screen.

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// Longer than anything takes; only a failure waits for it.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The program on a terminal of 120x34 that reads as a screen.
pub struct Screen {
    pub child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    pub parser: vt100::Parser,
    /// All that it has written.
    pub written: Vec<u8>,
    _master: Box<dyn MasterPty + Send>,
}

impl Screen {
    /// In a folder, which also has its settings and its state.
    pub fn open(folder: &Path) -> Self {
        Self::open_with(folder, &[])
    }

    /// The same with more of an environment.
    pub fn open_with(folder: &Path, environment: &[(&str, &str)]) -> Self {
        let size = PtySize { rows: 34, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_keymoat"));
        command.args(["-f", "allowlist.json"]);
        command.cwd(folder);
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        command.env("SOURCE_DATE_EPOCH", "1795305600");
        command.env("XDG_CONFIG_HOME", folder.join("config"));
        command.env("XDG_STATE_HOME", folder.join("state"));
        environment.iter().for_each(|(name, value)| command.env(name, value));
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count) = reader.read(&mut bytes) {
                if count == 0 || send.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let parser = vt100::Parser::new(34.try_into().unwrap(), 120.try_into().unwrap(), 0);
        Self { child, keys, output, parser, written: Vec::new(), _master: pair.master }
    }

    /// Types.
    pub fn send(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self
    }

    /// Reads until the screen says something.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) -> &mut Self {
        self.wait_until(|screen| screen.contents().contains(text))
    }

    /// Reads until the screen is so.
    #[track_caller]
    pub fn wait_until(&mut self, is_so: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        while !is_so(self.parser.screen()) {
            let Ok(bytes) = self.output.recv_timeout(PATIENCE) else {
                panic!("it is not on the screen:\n{}", self.parser.screen().contents());
            };
            self.parser.process(&bytes);
            self.written.extend(bytes);
        }
        self
    }

    /// Waits for the end, at which the terminal is given back.
    pub fn end(&mut self) -> ExitStatus {
        loop {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.parser.process(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    panic!("it does not end:\n{}", self.parser.screen().contents())
                }
            }
        }
        assert!(!self.parser.screen().alternate_screen(), "the terminal is given back");
        assert!(!self.parser.screen().bracketed_paste());
        assert_eq!(self.parser.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert!(!self.parser.screen().hide_cursor());
        self.child.wait().unwrap()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // Where a test has failed, the program must not stay behind.
        let _ = self.child.kill();
    }
}
