//! The protocol between a process and the child process that runs Typst in it.
//!
//! A template can be made to run for ever, and nothing inside a process can stop it.
//! So Typst runs in a child that can be killed: it reads requests from its standard
//! input and writes an answer to each. A message is the length of a JSON head (four
//! bytes, little endian), the head, and then the bytes whose lengths the head gives.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{Failure, FailureKind, Options, Pdf, Position, layout};

/// The longest head of a message. Heads hold no page data, but the positions of words.
const LONGEST_HEAD: u32 = 256 << 20;
/// The longest part of a message after its head.
const LONGEST_PART: u64 = 1 << 30;

/// What a child is asked to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The task.
    pub task: Task,
    /// The page data, as JSON.
    pub page_data: Vec<u8>,
    /// The pictures that the page data names.
    pub pictures: BTreeMap<String, Vec<u8>>,
}

/// A task for a child.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Task {
    /// Make the official PDF.
    Pdf,
    /// Draw the pages, with positions.
    Preview {
        /// Pixels per inch.
        ppi: f64,
        /// The fingerprints of pages the asker has; they are not drawn again.
        known: Vec<String>,
    },
}

/// What a child answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The PDF.
    Pdf(Pdf),
    /// The pages in order.
    Preview(Vec<PreviewPage>),
}

/// A page of a preview.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewPage {
    /// Changes when the page does.
    pub fingerprint: String,
    /// Where its words were written.
    pub positions: Vec<Position>,
    /// The page as PNG; none if the asker has it.
    pub png: Option<Vec<u8>>,
}

/// Answers requests until there are no more. What one request laid out is reused by the
/// next.
pub fn serve(mut reader: impl Read, mut writer: impl Write) -> io::Result<()> {
    loop {
        let answer = match read_request(&mut reader) {
            Ok(Some(request)) => answer(&request),
            Ok(None) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                // What follows cannot be told from the rest of the broken message.
                let failure = Failure::new(FailureKind::Protocol, error.to_string());
                return write_answer(&mut writer, &Err(failure));
            }
            Err(error) => return Err(error),
        };
        write_answer(&mut writer, &answer)?;
    }
}

fn answer(request: &Request) -> Result<Answer, Failure> {
    let positions = matches!(request.task, Task::Preview { .. });
    let options = Options { positions, pictures: request.pictures.clone() };
    let layout = layout(&request.page_data, &options)?;
    match &request.task {
        Task::Pdf => layout.pdf().map(Answer::Pdf),
        Task::Preview { ppi, known } => {
            let mut pages = Vec::with_capacity(layout.page_count());
            for page in 0..layout.page_count() {
                let fingerprint = format!("{:032x}", layout.fingerprint(page).unwrap_or_default());
                let png =
                    if known.contains(&fingerprint) { None } else { Some(layout.png(page, *ppi)?) };
                let positions = layout.positions(page).to_vec();
                pages.push(PreviewPage { fingerprint, positions, png });
            }
            Ok(Answer::Preview(pages))
        }
    }
}

#[derive(Serialize, Deserialize)]
struct RequestHead {
    task: Task,
    page_data: u64,
    pictures: Vec<(String, u64)>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum AnswerHead {
    Pdf { pages: usize, length: u64 },
    Preview { pages: Vec<PageHead> },
    Failure { failure: Failure },
}

#[derive(Serialize, Deserialize)]
struct PageHead {
    fingerprint: String,
    positions: Vec<Position>,
    png: Option<u64>,
}

/// Writes a request.
pub fn write_request(writer: &mut impl Write, request: &Request) -> io::Result<()> {
    let head = RequestHead {
        task: request.task.clone(),
        page_data: length(&request.page_data),
        pictures: request
            .pictures
            .iter()
            .map(|(name, bytes)| (name.clone(), length(bytes)))
            .collect(),
    };
    write_head(writer, &head)?;
    writer.write_all(&request.page_data)?;
    for bytes in request.pictures.values() {
        writer.write_all(bytes)?;
    }
    writer.flush()
}

/// Reads a request; `None` at the end of the input.
fn read_request(reader: &mut impl Read) -> io::Result<Option<Request>> {
    let Some(head) = read_head::<RequestHead>(reader)? else { return Ok(None) };
    let page_data = read_part(reader, head.page_data)?;
    let mut pictures = BTreeMap::new();
    for (name, length) in head.pictures {
        pictures.insert(name, read_part(reader, length)?);
    }
    Ok(Some(Request { task: head.task, page_data, pictures }))
}

/// Writes an answer.
fn write_answer(writer: &mut impl Write, answer: &Result<Answer, Failure>) -> io::Result<()> {
    match answer {
        Ok(Answer::Pdf(pdf)) => {
            write_head(writer, &AnswerHead::Pdf { pages: pdf.pages, length: length(&pdf.bytes) })?;
            writer.write_all(&pdf.bytes)?;
        }
        Ok(Answer::Preview(pages)) => {
            let heads = pages
                .iter()
                .map(|page| PageHead {
                    fingerprint: page.fingerprint.clone(),
                    positions: page.positions.clone(),
                    png: page.png.as_deref().map(length),
                })
                .collect();
            write_head(writer, &AnswerHead::Preview { pages: heads })?;
            for png in pages.iter().filter_map(|page| page.png.as_ref()) {
                writer.write_all(png)?;
            }
        }
        Err(failure) => write_head(writer, &AnswerHead::Failure { failure: failure.clone() })?,
    }
    writer.flush()
}

/// Reads the answer to a request; an error if there is none, because the child ended.
pub fn read_answer(reader: &mut impl Read) -> io::Result<Result<Answer, Failure>> {
    let head = read_head(reader)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(match head {
        AnswerHead::Pdf { pages, length } => {
            Ok(Answer::Pdf(Pdf { bytes: read_part(reader, length)?, pages }))
        }
        AnswerHead::Preview { pages } => {
            let mut read = Vec::with_capacity(pages.len());
            for PageHead { fingerprint, positions, png } in pages {
                let png = match png {
                    Some(length) => Some(read_part(reader, length)?),
                    None => None,
                };
                read.push(PreviewPage { fingerprint, positions, png });
            }
            Ok(Answer::Preview(read))
        }
        AnswerHead::Failure { failure } => Err(failure),
    })
}

fn write_head(writer: &mut impl Write, head: &impl Serialize) -> io::Result<()> {
    let json = serde_json::to_vec(head)?;
    let length = u32::try_from(json.len())
        .ok()
        .filter(|length| *length <= LONGEST_HEAD)
        .ok_or_else(|| invalid("the head of a message is too long"))?;
    writer.write_all(&length.to_le_bytes())?;
    writer.write_all(&json)
}

fn read_head<T: DeserializeOwned>(reader: &mut impl Read) -> io::Result<Option<T>> {
    let mut bytes = Vec::with_capacity(4);
    reader.by_ref().take(4).read_to_end(&mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    let length = <[u8; 4]>::try_from(bytes.as_slice())
        .map(u32::from_le_bytes)
        .ok()
        .filter(|length| *length <= LONGEST_HEAD)
        .ok_or_else(|| invalid("no message begins here"))?;
    let json = read_part(reader, u64::from(length))?;
    serde_json::from_slice(&json).map(Some).map_err(|error| invalid(&error.to_string()))
}

fn read_part(reader: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    if length > LONGEST_PART {
        return Err(invalid("a part of a message is too long"));
    }
    // The buffer grows with what arrives, not with what is announced.
    let mut bytes = Vec::new();
    reader.by_ref().take(length).read_to_end(&mut bytes)?;
    if self::length(&bytes) == length {
        Ok(bytes)
    } else {
        Err(invalid("a message ends in the middle"))
    }
}

fn invalid(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> Request {
        Request {
            task: Task::Preview { ppi: 96.0, known: vec!["a".into()] },
            page_data: b"{}".to_vec(),
            pictures: [("karta.png".to_owned(), vec![1, 2, 3])].into(),
        }
    }

    #[test]
    fn a_request_survives_the_way() {
        let mut bytes = Vec::new();
        write_request(&mut bytes, &request()).unwrap();
        write_request(&mut bytes, &request()).unwrap();
        let mut reader = bytes.as_slice();
        assert_eq!(read_request(&mut reader).unwrap(), Some(request()));
        assert_eq!(read_request(&mut reader).unwrap(), Some(request()));
        assert_eq!(read_request(&mut reader).unwrap(), None);
    }

    #[test]
    fn a_request_cut_anywhere_is_an_error_and_no_panic() {
        let mut bytes = Vec::new();
        write_request(&mut bytes, &request()).unwrap();
        for end in 1..bytes.len() {
            let error = read_request(&mut &bytes[..end]).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidData, "cut at {end}");
        }
    }

    #[test]
    fn an_answer_survives_the_way() {
        let page = |png| PreviewPage { fingerprint: "f".into(), positions: Vec::new(), png };
        for answer in [
            Ok(Answer::Pdf(Pdf { bytes: b"%PDF".to_vec(), pages: 3 })),
            Ok(Answer::Preview(vec![page(Some(vec![7; 9])), page(None)])),
            Err(Failure { kind: FailureKind::Export, blocks: vec![4], internal: "x".into() }),
        ] {
            let mut bytes = Vec::new();
            write_answer(&mut bytes, &answer).unwrap();
            assert_eq!(read_answer(&mut bytes.as_slice()).unwrap(), answer);
        }
    }

    #[test]
    fn noise_is_answered_with_a_failure() {
        let mut output = Vec::new();
        serve(b"\xff\xff\xff\xffnoise".as_slice(), &mut output).unwrap();
        let failure = read_answer(&mut output.as_slice()).unwrap().unwrap_err();
        assert_eq!(failure.kind, FailureKind::Protocol);
    }

    #[test]
    fn page_data_that_is_none_is_answered_with_a_failure() {
        let mut input = Vec::new();
        write_request(&mut input, &request()).unwrap();
        let mut output = Vec::new();
        serve(input.as_slice(), &mut output).unwrap();
        let failure = read_answer(&mut output.as_slice()).unwrap().unwrap_err();
        assert_eq!(failure.kind, FailureKind::PageData);
    }
}
