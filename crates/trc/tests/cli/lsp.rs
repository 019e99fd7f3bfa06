//! The server over real standard input and output.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// An editor keeps the server's input open, so an answer that waits for its end never
/// comes.
#[test]
fn answers_while_its_input_is_open() {
    let mut server = Command::new(env!("CARGO_BIN_EXE_trc"))
        .args(["lsp", "--stdio"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = server.stdin.take().unwrap();
    let output = server.stdout.take().unwrap();
    let request = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#;
    write!(input, "Content-Length: {}\r\n\r\n{request}", request.len()).unwrap();
    input.flush().unwrap();

    let (send, answer) = mpsc::channel();
    std::thread::spawn(move || {
        let mut output = BufReader::new(output);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") && output.read_line(&mut head).unwrap_or(0) > 0 {}
        let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
        let mut body = vec![0; length.and_then(|length| length.parse().ok()).unwrap_or(0)];
        let _ = output.read_exact(&mut body);
        let _ = send.send(String::from_utf8_lossy(&body).into_owned());
    });
    let answer = answer.recv_timeout(Duration::from_secs(60));
    server.kill().unwrap();
    server.wait().unwrap();
    let answer = answer.expect("an answer while the input is open");
    assert!(answer.contains("capabilities"), "{answer}");
}
