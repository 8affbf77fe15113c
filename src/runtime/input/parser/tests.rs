use super::*;
use proptest::prelude::*;

/// What bytes say when they come at once and nothing follows.
fn heard(bytes: &[u8]) -> Vec<Heard> {
    let mut parser = Parser::default();
    let mut heard = Vec::new();
    parser.feed(bytes, &mut heard);
    parser.give_up(&mut heard);
    heard
}

/// The one key that bytes are.
fn key(bytes: &[u8]) -> Key {
    match heard(bytes).as_slice() {
        [Heard::Key(key)] => *key,
        other => panic!("{}: {other:?}", bytes.escape_ascii()),
    }
}

fn alt(key: Key) -> Key {
    Key { alt: true, ..key }
}

#[test]
fn keys_of_many_terminals() {
    let ctrl = |code| Key { ctrl: true, ..Key::code(code) };
    let cases: &[(&[u8], Key)] = &[
        (b"j", Key::char('j')),
        (b"G", Key::char('G')),
        ("ß".as_bytes(), Key::char('ß')),
        ("日".as_bytes(), Key::char('日')),
        ("🦀".as_bytes(), Key::char('🦀')),
        (b"\r", Key::code(Code::Enter)),
        (b"\n", Key::code(Code::Enter)),
        (b"\t", Key::code(Code::Tab)),
        (b"\x1b[Z", Key::code(Code::BackTab)),
        (b"\x7f", Key::code(Code::Backspace)),
        (b"\x08", Key::code(Code::Backspace)),
        (b"\x03", Key::ctrl('c')),
        (b"\x1a", Key::ctrl('z')),
        (b"\x1b", Key::code(Code::Esc)),
        (b"\x1b[A", Key::code(Code::Up)),
        (b"\x1bOA", Key::code(Code::Up)),
        (b"\x1b[1;5C", ctrl(Code::Right)),
        (b"\x1b[1;3D", alt(Key::code(Code::Left))),
        (b"\x1b[1;2B", Key::code(Code::Down)),
        (b"\x1b\x1b[A", alt(Key::code(Code::Up))),
        (b"\x1b[H", Key::code(Code::Home)),
        (b"\x1b[1~", Key::code(Code::Home)),
        (b"\x1b[7~", Key::code(Code::Home)),
        (b"\x1b[F", Key::code(Code::End)),
        (b"\x1b[4~", Key::code(Code::End)),
        (b"\x1b[8~", Key::code(Code::End)),
        (b"\x1b[3~", Key::code(Code::Delete)),
        (b"\x1b[5~", Key::code(Code::PageUp)),
        (b"\x1b[6~", Key::code(Code::PageDown)),
        (b"\x1bOP", Key::code(Code::F(1))),
        (b"\x1b[11~", Key::code(Code::F(1))),
        (b"\x1b[[A", Key::code(Code::F(1))),
        (b"\x1b[15~", Key::code(Code::F(5))),
        (b"\x1b[17~", Key::code(Code::F(6))),
        (b"\x1b[24~", Key::code(Code::F(12))),
        (b"\x1bOM", Key::code(Code::Enter)),
        (b"\x1bx", alt(Key::char('x'))),
        (b"\x1b[", alt(Key::char('['))),
        (b"\x1bO", alt(Key::char('O'))),
        (b"\x1b\x7f", alt(Key::code(Code::Backspace))),
        (b"\x1b[106u", Key::char('j')),
        (b"\x1b[106;5u", Key::ctrl('j')),
        (b"\x1b[106;2u", Key::char('J')),
        (b"\x1b[27;5;13~", ctrl(Code::Enter)),
        (b"\x1b[27u", Key::code(Code::Esc)),
        (b"\x1b[9;2u", Key::code(Code::BackTab)),
        (b"\x1b[106;129u", Key::char('j')),
    ];
    for (bytes, expected) in cases {
        assert_eq!(key(bytes), *expected, "{}", bytes.escape_ascii());
    }
}

#[test]
fn what_no_screen_wants_is_dropped_whole() {
    let silent: &[&[u8]] = &[
        b"\x00",
        b"\x1c",
        b"\xff",
        b"\xc3(",
        b"\x1b[2~",
        b"\x1b[?62;4c",
        b"\x1b[106;9u",
        b"\x1b[106;1:3u",
        b"\x1b[57358u",
        b"\x1b[24;80t",
        b"\x1b]4;1;rgb:0/0/0\x07",
        b"\x1b]11;?\x1b\\",
        b"\x1bP1$r0m\x1b\\",
        b"\x1b_Gi=1;OK\x1b\\",
        b"\x1b[<35;4;5M",
        b"\x1b[<2;4;5M",
    ];
    for bytes in silent {
        let said = heard(bytes);
        let expected = if *bytes == b"\xc3(" { vec![Heard::Key(Key::char('('))] } else { Vec::new() };
        assert_eq!(said, expected, "{}", bytes.escape_ascii());
    }
}

#[test]
fn the_mouse_in_both_ways() {
    let at = |did| vec![Heard::Mouse(Mouse { did, column: 3, row: 4 })];
    assert_eq!(heard(b"\x1b[<0;4;5M"), at(MouseDid::Press));
    assert_eq!(heard(b"\x1b[<32;4;5M"), at(MouseDid::Drag));
    assert_eq!(heard(b"\x1b[<0;4;5m"), at(MouseDid::Release));
    assert_eq!(heard(b"\x1b[<64;4;5M"), at(MouseDid::WheelUp));
    assert_eq!(heard(b"\x1b[<65;4;5M"), at(MouseDid::WheelDown));
    assert_eq!(heard(b"\x1b[M $%"), at(MouseDid::Press));
    assert_eq!(heard(b"\x1b[M#$%"), at(MouseDid::Release));
    assert_eq!(heard(b"\x1b[Ma$%"), at(MouseDid::WheelDown));
}

#[test]
fn the_background_has_a_colour() {
    for answer in ["11;rgb:1414/1717/1c1c", "11;rgb:14/17/1c", "11;rgba:1414/1717/1c1c/ffff"] {
        for end in ["\x07", "\x1b\\"] {
            assert_eq!(heard(format!("\x1b]{answer}{end}").as_bytes()), [Heard::Painted(0x14_17_1C)], "{answer}");
        }
    }
    assert_eq!(heard(b"\x1b]11;rgb:f/f/f\x07"), [Heard::Painted(0xFF_FF_FF)]);
    assert_eq!(heard(b"\x1b]11;rgb:zz/0/0\x07"), []);
    assert_eq!(heard(b"\x1b]11;rgb:00000/0/0\x07"), []);
    assert_eq!(heard(b"\x1b]11;rgb:0/0\x07"), []);
}

#[test]
fn a_paste_is_one_text() {
    let said = heard(b"x\x1b[200~a\r\nq\x1b[31m\x1b[201~y");
    assert_eq!(said, [Heard::Key(Key::char('x')), Heard::Paste("a\nq[31m".to_owned()), Heard::Key(Key::char('y'))]);
    assert_eq!(heard(b"\x1b[200~never ended"), [Heard::Paste("never ended".to_owned())]);
}

#[test]
fn escape_is_told_from_what_begins_like_it() {
    let mut parser = Parser::default();
    let mut heard = Vec::new();
    parser.feed(b"\x1b", &mut heard);
    assert_eq!((heard.len(), parser.patience()), (0, Some(LONE)));
    parser.feed(b"[A", &mut heard);
    assert_eq!((heard.as_slice(), parser.patience()), (&[Heard::Key(Key::code(Code::Up))][..], None));
    parser.feed(b"\x1b\x1b", &mut heard);
    assert_eq!(heard.len(), 2, "the first of two is sure");
    parser.give_up(&mut heard);
    assert_eq!(heard[1..], [Heard::Key(Key::code(Code::Esc)), Heard::Key(Key::code(Code::Esc))]);
}

#[test]
fn a_broken_sequence_takes_nothing_with_it() {
    assert_eq!(heard(b"\x1b[1;\x1b[A"), [Heard::Key(Key::code(Code::Up))]);
    assert_eq!(heard(b"\x1b]11;rgb\x1b[A"), [Heard::Key(Key::code(Code::Up))]);
    assert_eq!(heard(b"\x1b[1;5"), []);
    assert_eq!(heard(b"\xe6\x97"), []);
}

#[test]
fn focus_comes_and_goes() {
    assert_eq!(heard(b"\x1b[I\x1b[O"), [Heard::Focus(true), Heard::Focus(false)]);
}

/// Things that a terminal says.
fn said() -> impl Strategy<Value = Vec<u8>> {
    let samples: Vec<&[u8]> = vec![
        b"j",
        b"\r",
        "ß".as_bytes(),
        "日本🦀".as_bytes(),
        b"\x1b[A",
        b"\x1bOP",
        b"\x1b[1;5C",
        b"\x1bx",
        b"\x1b[<0;4;5M",
        b"\x1b[M $%",
        b"\x1b[200~a b\x1b[201~",
        b"\x1b]11;rgb:1414/1717/1c1c\x1b\\",
        b"\x1b[?1;2c",
        b"\x1b[[B",
    ];
    prop::collection::vec(prop::sample::select(samples), 0..8).prop_map(|all| all.concat())
}

proptest! {
    #[test]
    fn it_does_not_matter_how_bytes_come_in_pieces(bytes in said(), cuts in prop::collection::vec(0usize..80, 0..6)) {
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        let mut parser = Parser::default();
        let mut in_pieces = Vec::new();
        for pair in cuts.windows(2) {
            parser.feed(&bytes[pair[0]..pair[1]], &mut in_pieces);
        }
        prop_assert_eq!(parser.patience(), None);
        prop_assert_eq!(in_pieces, heard(&bytes));
    }

    #[test]
    fn any_bytes_come_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut parser = Parser::default();
        let mut said = Vec::new();
        parser.feed(&bytes, &mut said);
        parser.give_up(&mut said);
        prop_assert_eq!(parser.patience(), None);
        for heard in said {
            if let Heard::Key(Key { code: Code::Char(c), .. }) = heard {
                prop_assert!(!c.is_control());
            }
        }
    }
}
