use super::*;
use proptest::prelude::*;

fn press(field: &mut TextField, code: KeyCode) {
    field.key(&KeyEvent::new(code, KeyModifiers::NONE));
}

#[test]
fn a_click_puts_the_cursor_before_what_it_is_on() {
    let mut field = TextField::multi("a東e\u{301}b\nlong line");
    field.first_column(80);
    for (column, before) in [
        (0, ""),
        (1, "a"),
        (2, "a"),
        (3, "a東"),
        (4, "a東e\u{301}"),
        (5, "a東e\u{301}b"),
        (99, "a東e\u{301}b"),
    ] {
        field.point_at(0, column);
        assert_eq!(field.before_cursor(), before, "{column}");
    }
    field.point_at(9, 4);
    assert_eq!((field.row(), field.before_cursor()), (1, "long"));
    let mut long = TextField::single("0123456789");
    assert_eq!(long.first_column(5), 6);
    long.point_at(0, 1);
    assert_eq!(long.before_cursor(), "0123456");
}

#[test]
fn the_cursor_steps_over_whole_graphemes() {
    let mut field = TextField::single("a👨\u{200d}👩b");
    press(&mut field, KeyCode::Left);
    press(&mut field, KeyCode::Backspace);
    assert_eq!(field.line(), "ab");
    press(&mut field, KeyCode::Char('東'));
    assert_eq!((field.line(), field.column()), ("a東b", 3));
}

#[test]
fn a_pasted_list_keeps_its_lines_only_where_there_may_be_some() {
    let mut one = TextField::single("");
    one.insert("a\r\nb\n");
    assert_eq!(one.line(), "a b");
    let mut many = TextField::multi("xy");
    press(&mut many, KeyCode::Left);
    many.insert("1\r\n2");
    assert_eq!(many.lines(), ["x1", "2y"]);
    press(&mut many, KeyCode::Home);
    press(&mut many, KeyCode::Backspace);
    assert_eq!(many.text(), "x12y");
}

#[test]
fn words_are_gone_over_and_taken_out() {
    let mut field = TextField::single("one 東京 three");
    let alt = |c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::ALT);
    field.key(&alt('b'));
    assert_eq!(field.before_cursor(), "one 東京 ");
    field.key(&KeyEvent::new(KeyCode::Left, KeyModifiers::CONTROL));
    assert_eq!((field.before_cursor(), field.column()), ("one ", 4));
    field.key(&alt('d'));
    assert_eq!(field.line(), "one  three");
    field.key(&KeyEvent::new(KeyCode::Backspace, KeyModifiers::ALT));
    assert_eq!(field.line(), " three");
    field.key(&alt('f'));
    assert_eq!(field.before_cursor(), " three");
    field.key(&KeyEvent::new(KeyCode::Home, KeyModifiers::NONE));
    field.key(&KeyEvent::new(KeyCode::Delete, KeyModifiers::CONTROL));
    assert_eq!(field.line(), "");
}

#[test]
fn a_narrow_field_moves_only_where_the_cursor_would_leave_it() {
    let mut field = TextField::single("0123456789東");
    assert_eq!(field.first_column(5), 8);
    press(&mut field, KeyCode::Left);
    press(&mut field, KeyCode::Left);
    assert_eq!((field.column(), field.first_column(5)), (9, 8));
    press(&mut field, KeyCode::Left);
    press(&mut field, KeyCode::Left);
    assert_eq!((field.column(), field.first_column(5)), (7, 7));
    press(&mut field, KeyCode::Home);
    assert_eq!(field.first_column(5), 0);
    press(&mut field, KeyCode::End);
    press(&mut field, KeyCode::Left);
    assert_eq!(field.first_column(5), 7, "what the cursor stands on is in sight");
}

#[test]
fn the_cursor_is_not_below_the_mark_of_what_is_cut() {
    let mut field = TextField::single("0123456789");
    assert_eq!(field.first_column(8), 3);
    for (key, column, from) in
        [(KeyCode::Left, 9, 3), (KeyCode::Home, 0, 0), (KeyCode::Right, 1, 0), (KeyCode::End, 10, 3)]
    {
        press(&mut field, key);
        assert_eq!((field.column(), field.first_column(8)), (column, from));
    }
    (0..6).for_each(|_| press(&mut field, KeyCode::Left));
    assert_eq!((field.column(), field.first_column(8)), (4, 3));
    press(&mut field, KeyCode::Left);
    assert_eq!((field.column(), field.first_column(8)), (3, 2));
}

/// The same field without any shortcut: lines, and the places between graphemes counted anew each time.
struct Oracle {
    lines: Vec<String>,
    row: usize,
    at: usize,
}

fn places(line: &str) -> Vec<usize> {
    line.grapheme_indices(true).map(|(at, _)| at).chain([line.len()]).collect()
}

impl Oracle {
    fn line(&self) -> &str {
        &self.lines[self.row]
    }

    fn next(&self, from: usize) -> usize {
        places(self.line()).into_iter().find(|at| *at >= from).unwrap()
    }

    fn splice(&mut self, from: (usize, usize), to: (usize, usize), new: &str) {
        let head = self.lines[from.0][..from.1].to_owned() + new;
        let tail = self.lines[to.0][to.1..].to_owned();
        let all = format!("{head}{tail}");
        let row = from.0 + new.matches('\n').count();
        let at = head.rsplit('\n').next().unwrap_or_default().len();
        self.lines.splice(from.0..=to.0, all.split('\n').map(str::to_owned));
        self.row = row;
        self.at = self.next(at);
    }

    fn before(&self) -> (usize, usize) {
        match places(self.line()).into_iter().rev().find(|at| *at < self.at) {
            Some(at) => (self.row, at),
            None if self.row > 0 => (self.row - 1, self.lines[self.row - 1].len()),
            None => (self.row, self.at),
        }
    }

    fn behind(&self) -> (usize, usize) {
        match places(self.line()).into_iter().find(|at| *at > self.at) {
            Some(at) => (self.row, at),
            None if self.row + 1 < self.lines.len() => (self.row + 1, 0),
            None => (self.row, self.at),
        }
    }

    fn word_start(&self) -> usize {
        let head = self.line()[..self.at].trim_end();
        self.next(
            head.len()
                - head.chars().rev().take_while(|c| !c.is_whitespace()).map(char::len_utf8).sum::<usize>(),
        )
    }

    fn play(&mut self, key: &str) {
        let (here, end) = ((self.row, self.at), (self.row, self.line().len()));
        match key {
            "left" => (self.row, self.at) = self.before(),
            "right" => (self.row, self.at) = self.behind(),
            "home" => self.at = 0,
            "end" => self.at = end.1,
            "backspace" => self.splice(self.before(), here, ""),
            "delete" => self.splice(here, self.behind(), ""),
            "ctrl-u" => self.splice((self.row, 0), here, ""),
            "ctrl-k" => self.splice(here, end, ""),
            "ctrl-w" => self.splice((self.row, self.word_start()), here, ""),
            "word left" => self.at = self.word_start(),
            text => self.splice(here, here, text),
        }
    }
}

fn play(field: &mut TextField, key: &str) {
    let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
    let control = |code| KeyEvent::new(code, KeyModifiers::CONTROL);
    field.key(&match key {
        "left" => plain(KeyCode::Left),
        "right" => plain(KeyCode::Right),
        "home" => plain(KeyCode::Home),
        "end" => plain(KeyCode::End),
        "backspace" => plain(KeyCode::Backspace),
        "delete" => plain(KeyCode::Delete),
        "ctrl-u" => control(KeyCode::Char('u')),
        "ctrl-k" => control(KeyCode::Char('k')),
        "ctrl-w" => control(KeyCode::Char('w')),
        "word left" => control(KeyCode::Left),
        text => return field.insert(text),
    });
}

const KEYS: [&str; 22] = [
    "left",
    "left",
    "right",
    "home",
    "end",
    "backspace",
    "delete",
    "ctrl-u",
    "ctrl-k",
    "ctrl-w",
    "word left",
    "a",
    " ",
    "東",
    "e",
    "\u{301}",
    "👨",
    "\u{200d}",
    "ｶ",
    "ﾞ",
    "\u{1b}",
    "x\n東 y",
];

proptest! {
    #[test]
    fn any_keys_do_what_they_do_to_whole_graphemes(
        keys in proptest::collection::vec(proptest::sample::select(&KEYS[..]), 0..60),
        room in 2usize..12,
    ) {
        let mut field = TextField::multi("");
        let mut oracle = Oracle { lines: vec![String::new()], row: 0, at: 0 };
        for key in keys {
            play(&mut field, key);
            oracle.play(key);
            prop_assert_eq!(field.lines(), &oracle.lines[..], "{}", key);
            prop_assert_eq!((field.row(), field.before_cursor()), (oracle.row, &oracle.line()[..oracle.at]), "{}", key);
            let columns: usize = field.before_cursor().graphemes(true).map(width::columns).sum();
            prop_assert_eq!(field.column(), columns);
            let from = field.first_column(room);
            prop_assert!((from..from + room).contains(&columns), "{from} {columns}");
            if room >= width::LEAST_CUT {
                let all: usize = oracle.line().graphemes(true).map(width::columns).sum();
                let under = oracle.line()[oracle.at..].graphemes(true).next().map_or(1, width::columns);
                let end = from + room - usize::from(all > from + room);
                prop_assert!(from == 0 || columns > from, "below the left mark: {from} {columns}");
                // What is shown escaped may be wider than any room.
                prop_assert!(under > 2 || columns + under <= end, "below the right mark: {from} {columns}");
            }
        }
    }
}
