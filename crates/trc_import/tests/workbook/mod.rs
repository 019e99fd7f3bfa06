//! Small workbooks as Excel writes them.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A workbook to be.
#[derive(Default)]
pub struct Workbook {
    sheets: Vec<(String, bool, String, String)>,
    strings: Vec<String>,
    formats: Vec<String>,
}

pub enum Cell {
    Nothing,
    /// A text that stands among the shared ones.
    Shared(String),
    Inline(String),
    Number {
        value: String,
        style: usize,
    },
    Formula {
        formula: String,
        value: Option<String>,
    },
    Error(String),
    Boolean(bool),
}

impl Workbook {
    pub fn new() -> Workbook {
        Workbook::default()
    }

    /// A number format; what is returned is a cell's style.
    pub fn format(&mut self, code: &str) -> usize {
        self.formats.push(code.to_owned());
        self.formats.len()
    }

    /// A sheet of texts.
    pub fn sheet(self, name: &str, rows: &[&[&str]]) -> Workbook {
        self.of_texts(name, rows, false)
    }

    pub fn hidden(self, name: &str, rows: &[&[&str]]) -> Workbook {
        self.of_texts(name, rows, true)
    }

    fn of_texts(self, name: &str, rows: &[&[&str]], hidden: bool) -> Workbook {
        let rows = rows
            .iter()
            .map(|row| row.iter().map(|text| Cell::Shared((*text).to_owned())).collect())
            .collect();
        let mut workbook = self.cells(name, rows);
        workbook.sheets.last_mut().unwrap().1 = hidden;
        workbook
    }

    pub fn cells(mut self, name: &str, rows: Vec<Vec<Cell>>) -> Workbook {
        let mut xml = String::new();
        for (row, cells) in rows.into_iter().enumerate() {
            write!(xml, "<row r=\"{}\">", row + 1).unwrap();
            for (column, cell) in cells.into_iter().enumerate() {
                let place = format!("{}{}", trc_import::column_letters(column), row + 1);
                xml.push_str(&self.cell(&place, cell));
            }
            xml.push_str("</row>");
        }
        self.raw(name, &xml)
    }

    /// A sheet whose rows are this XML.
    pub fn raw(mut self, name: &str, rows: &str) -> Workbook {
        self.sheets.push((name.to_owned(), false, rows.to_owned(), String::new()));
        self
    }

    /// Merges an area of the last sheet.
    pub fn merge(mut self, area: &str) -> Workbook {
        write!(self.sheets.last_mut().unwrap().3, "<mergeCell ref=\"{area}\"/>").unwrap();
        self
    }

    fn cell(&mut self, place: &str, cell: Cell) -> String {
        match cell {
            Cell::Nothing => String::new(),
            Cell::Shared(text) => {
                self.strings.push(text);
                format!("<c r=\"{place}\" t=\"s\"><v>{}</v></c>", self.strings.len() - 1)
            }
            Cell::Inline(text) => {
                format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(&text))
            }
            Cell::Number { value, style } => {
                format!("<c r=\"{place}\" s=\"{style}\"><v>{value}</v></c>")
            }
            Cell::Formula { formula, value } => {
                let value = value.map(|value| format!("<v>{value}</v>")).unwrap_or_default();
                format!("<c r=\"{place}\"><f>{formula}</f>{value}</c>")
            }
            Cell::Error(error) => format!("<c r=\"{place}\" t=\"e\"><v>{error}</v></c>"),
            Cell::Boolean(value) => {
                format!("<c r=\"{place}\" t=\"b\"><v>{}</v></c>", u8::from(value))
            }
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
        const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

        let relation = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
        };
        let root = relation("rId1", "officeDocument", "xl/workbook.xml");
        let mut parts = vec![(
            "_rels/.rels".to_owned(),
            format!("<Relationships xmlns=\"{RELATIONS}\">{root}</Relationships>"),
        )];
        let (mut listed, mut relations) = (String::new(), String::new());
        for (index, (name, hidden, rows, merged)) in self.sheets.iter().enumerate() {
            let (id, number) = (format!("rId{}", index + 1), index + 1);
            let state = if *hidden { " state=\"hidden\"" } else { "" };
            write!(
                listed,
                "<sheet name=\"{}\" sheetId=\"{number}\"{state} r:id=\"{id}\"/>",
                escaped(name)
            )
            .unwrap();
            relations.push_str(&relation(
                &id,
                "worksheet",
                &format!("worksheets/sheet{number}.xml"),
            ));
            parts.push((
                format!("xl/worksheets/sheet{number}.xml"),
                format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"),
            ));
        }
        relations.push_str(&relation("rIdS", "sharedStrings", "/xl/sharedStrings.xml"));
        relations.push_str(&relation("rIdF", "styles", "styles.xml"));
        let strings: String =
            self.strings.iter().map(|text| format!("<si><t>{}</t></si>", escaped(text))).collect();
        let codes: String = self
            .formats
            .iter()
            .enumerate()
            .map(|(index, code)| {
                format!("<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>", 164 + index, escaped(code))
            })
            .collect();
        let styles: String = (0..self.formats.len())
            .map(|index| format!("<xf numFmtId=\"{}\"/>", 164 + index))
            .collect();
        parts.push(("xl/workbook.xml".into(), format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{listed}</sheets></workbook>")));
        parts.push((
            "xl/_rels/workbook.xml.rels".into(),
            format!("<Relationships xmlns=\"{RELATIONS}\">{relations}</Relationships>"),
        ));
        parts.push((
            "xl/sharedStrings.xml".into(),
            format!("<sst xmlns=\"{MAIN}\">{strings}</sst>"),
        ));
        parts.push(("xl/styles.xml".into(), format!("<styleSheet xmlns=\"{MAIN}\"><numFmts>{codes}</numFmts><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>{styles}</cellXfs></styleSheet>")));
        let parts: Vec<(&str, &str)> =
            parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        Workbook::archive(&parts)
    }

    /// A zip archive of texts.
    pub fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, text) in parts {
            archive.start_file(*name, options).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }
}

/// The archive with another size stated wherever it states this one.
pub fn state_size(archive: &[u8], size: usize, instead: u32) -> Vec<u8> {
    let (from, to) = (u32::try_from(size).unwrap().to_le_bytes(), instead.to_le_bytes());
    let mut out = archive.to_vec();
    let mut replaced = 0;
    for at in 0..out.len() - 4 {
        if out[at..at + 4] == from {
            out[at..at + 4].copy_from_slice(&to);
            replaced += 1;
        }
    }
    assert!(replaced > 0);
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
