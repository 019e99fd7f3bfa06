//! Which sheets a workbook has, and where its parts are.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;
use trc_base::text;

use super::damaged;
use super::package::Package;
use super::xml::{Malformed, attribute, next};
use crate::note::Unreadable;

pub(super) struct Workbook {
    pub sheets: Vec<Listed>,
    pub strings: Option<String>,
    pub styles: Option<String>,
    /// Dates count from 1904, as on old Macintoshes.
    pub epoch_1904: bool,
}

pub(super) struct Listed {
    pub name: String,
    pub hidden: bool,
    pub part: String,
}

/// A relation of one part to another: what kind, and where.
struct Relation {
    kind: String,
    target: String,
}

pub(super) fn read(file: &str, package: &mut Package<'_>) -> Result<Workbook, Unreadable> {
    if package.has("mimetype") {
        return Err(open_document(file));
    }
    if !package.has("_rels/.rels") {
        return Err(no_workbook(file));
    }
    let roots = relations(&package.part(file, "_rels/.rels")?).map_err(|_| damaged(file))?;
    let main = roots.values().find(|relation| relation.kind == "officeDocument");
    let Some(main) = main.map(|relation| resolve("", &relation.target)) else {
        return Err(no_workbook(file));
    };
    if main.ends_with(".bin") {
        return Err(binary_workbook(file));
    }
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let name = main.rsplit('/').next().unwrap_or_default();
    let relations_part = match folder.as_str() {
        "" => format!("_rels/{name}.rels"),
        folder => format!("{folder}/_rels/{name}.rels"),
    };
    let relations = if package.has(&relations_part) {
        relations(&package.part(file, &relations_part)?).map_err(|_| damaged(file))?
    } else {
        BTreeMap::new()
    };
    let text = package.part(file, &main)?;
    let (listed, epoch_1904) = sheets(&text).map_err(|_| damaged(file))?;
    let part_of = |kind: &str| {
        let relation = relations.values().find(|relation| relation.kind == kind);
        relation.map(|relation| resolve(&folder, &relation.target)).filter(|part| package.has(part))
    };
    let sheets = listed
        .into_iter()
        .filter_map(|Named { name, hidden, relation }| {
            // A chart may stand in the place of a sheet; there are no cells in it.
            let relation = relations.get(&relation).filter(|it| it.kind == "worksheet")?;
            Some(Listed { name, hidden, part: resolve(&folder, &relation.target) })
        })
        .collect::<Vec<_>>();
    if sheets.is_empty() {
        return Err(no_workbook(file));
    }
    Ok(Workbook {
        sheets,
        strings: part_of("sharedStrings"),
        styles: part_of("styles"),
        epoch_1904,
    })
}

fn relations(text: &str) -> Result<BTreeMap<String, Relation>, Malformed> {
    let mut reader = Reader::from_str(text);
    let mut relations = BTreeMap::new();
    loop {
        match next(&mut reader)? {
            Event::Start(element) | Event::Empty(element)
                if element.local_name().as_ref() == "Relationship" =>
            {
                let (id, kind, target) = (
                    attribute(&element, "Id").unwrap_or_default(),
                    attribute(&element, "Type").unwrap_or_default(),
                    attribute(&element, "Target").unwrap_or_default(),
                );
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                relations.insert(id, Relation { kind, target });
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// A sheet as the workbook lists it; its part is known by a relation.
struct Named {
    name: String,
    hidden: bool,
    relation: String,
}

/// The sheets, and whether dates count from 1904.
fn sheets(text: &str) -> Result<(Vec<Named>, bool), Malformed> {
    let mut reader = Reader::from_str(text);
    let mut sheets = Vec::new();
    let mut epoch_1904 = false;
    loop {
        match next(&mut reader)? {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "sheet" => sheets.push(Named {
                    name: attribute(&element, "name").unwrap_or_default(),
                    hidden: attribute(&element, "state").is_some_and(|state| state != "visible"),
                    relation: attribute(&element, "id").unwrap_or_default(),
                }),
                "workbookPr" => {
                    epoch_1904 = attribute(&element, "date1904")
                        .is_some_and(|value| matches!(value.as_str(), "1" | "true"));
                }
                _ => {}
            },
            Event::Eof => return Ok((sheets, epoch_1904)),
            _ => {}
        }
    }
}

/// The name of a part that another one names, from its own folder or from the root.
fn resolve(folder: &str, target: &str) -> String {
    let path = match target.strip_prefix('/') {
        Some(target) => target.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn no_workbook(file: &str) -> Unreadable {
    Unreadable {
        message: text!(
            sv: "{file} är en zipfil men ingen Excelarbetsbok.",
            en: "{file} is a zip file but no Excel workbook.",
        ),
        help: text!(
            sv: "Packa upp den om den innehåller filen som ska importeras, eller spara om den som .xlsx.",
            en: "Unpack it if it holds the file to import, or save that one anew as .xlsx.",
        ),
    }
}

fn open_document(file: &str) -> Unreadable {
    Unreadable {
        message: text!(
            sv: "{file} är i OpenDocument-format, som inte kan importeras.",
            en: "{file} is in the OpenDocument format, which cannot be imported.",
        ),
        help: save_as_xlsx(),
    }
}

fn binary_workbook(file: &str) -> Unreadable {
    Unreadable {
        message: text!(
            sv: "{file} är i Excels binära format (.xlsb), som inte kan importeras.",
            en: "{file} is in Excel's binary format (.xlsb), which cannot be imported.",
        ),
        help: save_as_xlsx(),
    }
}

/// What to do with a file in another format of spreadsheets.
pub(crate) fn save_as_xlsx() -> trc_base::Text {
    text!(
        sv: "Öppna filen i kalkylprogrammet och spara den som .xlsx.",
        en: "Open the file in the spreadsheet program and save it as .xlsx.",
    )
}
