//! From page data to pages, and from pages to PDF and images.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use trc_page::data::{CONTRACT_VERSION, Date, Report};
use typst::diag::{SourceResult, Warned};
use typst::engine::Engine;
use typst::foundations::{Bytes, Content, Datetime, Output, Smart, StyleChain, Target};
use typst::introspection::Introspector;
use typst::utils::Scalar;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_render::RenderOptions;

use crate::fit::stack_tables_that_fit_no_page;
use crate::positions::{Position, Rectangle, area_of_text, positions_on};
use crate::world::{ReportWorld, picture_id};
use crate::{Failure, FailureKind};

/// A compilation that has not used a cached result this many times ago loses it.
const CACHE_AGE: usize = 10;

/// What is wanted besides the page data.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether the pages remember where each word was written. The PDF is the same
    /// either way.
    pub positions: bool,
    /// The pictures that the page data names.
    pub pictures: BTreeMap<String, Vec<u8>>,
}

/// A finished PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// A report laid out on pages.
pub struct Layout {
    document: PagedDocument,
    passes: usize,
    identifier: String,
    date: Option<Date>,
    _forget_old: ForgetOld,
}

/// Makes the official PDF: accessible (PDF/UA-1) and archivable (PDF/A-3a).
pub fn compile_pdf(page_data: &[u8], options: &Options) -> Result<Pdf, Failure> {
    layout(page_data, options)?.pdf()
}

/// Draws every page, as PNG.
pub fn render_pages(
    page_data: &[u8],
    options: &Options,
    ppi: f64,
) -> Result<Vec<Vec<u8>>, Failure> {
    let layout = layout(page_data, options)?;
    (0..layout.page_count()).map(|page| layout.png(page, ppi)).collect()
}

/// Where the words a writer wrote have come to stand, page by page.
pub fn positions(page_data: &[u8], options: &Options) -> Result<Vec<Arc<Vec<Position>>>, Failure> {
    let options = Options { positions: true, ..options.clone() };
    let layout = layout(page_data, &options)?;
    Ok((0..layout.page_count()).map(|page| layout.positions(page)).collect())
}

/// Lays a report out on pages.
///
/// What earlier calls in this process laid out is reused where it has not changed.
pub fn layout(page_data: &[u8], options: &Options) -> Result<Layout, Failure> {
    let forget_old = ForgetOld;
    let page_data = Bytes::new(page_data.to_vec());
    let report = read(&page_data).map_err(|error| Failure::new(FailureKind::PageData, error))?;
    if report.version != CONTRACT_VERSION {
        return Err(Failure::new(
            FailureKind::PageData,
            format!("version {} instead of {CONTRACT_VERSION}", report.version),
        ));
    }
    let world = ReportWorld {
        page_data,
        positions: options.positions,
        pictures: options
            .pictures
            .iter()
            .filter_map(|(name, bytes)| Some((picture_id(name)?, Bytes::new(bytes.clone()))))
            .collect(),
    };
    PASSES.set(0);
    let Warned { output, warnings } = typst::compile::<CountedDocument>(&world);
    let CountedDocument(document) =
        output.map_err(|errors| Failure::from_typst(FailureKind::Layout, &errors))?;
    // Typst warns, and stops trying, when the pages do not come to rest.
    let unstable: Vec<_> =
        warnings.iter().filter(|warning| warning.message.contains("did not converge")).collect();
    if !unstable.is_empty() {
        return Err(Failure::from_typst(FailureKind::Unstable, unstable));
    }
    Ok(Layout {
        document,
        passes: PASSES.get(),
        identifier: report.metadata.identifier.clone(),
        date: report.metadata.date,
        _forget_old: forget_old,
    })
}

/// Page data as it is set: read, and with each table in a shape that fits a page.
/// Memoised, for a layout needs it here and, in each pass, inside Typst.
#[comemo::memoize]
pub(crate) fn read(page_data: &Bytes) -> Result<Arc<Report>, String> {
    let mut report: Report =
        serde_json::from_slice(page_data).map_err(|error| error.to_string())?;
    stack_tables_that_fit_no_page(&mut report);
    Ok(Arc::new(report))
}

/// Empties the caches of what has not been used for a while when it is dropped: after
/// a failure as after a success, and once for a layout and the PDF made of it. Were
/// they emptied between the two, a layout would count as two compilations.
struct ForgetOld;

impl Drop for ForgetOld {
    fn drop(&mut self) {
        comemo::evict(CACHE_AGE);
    }
}

impl Layout {
    /// How many pages there are.
    pub fn page_count(&self) -> usize {
        self.document.pages().len()
    }

    /// How many times Typst laid the pages out until the references between them
    /// stood still.
    pub fn passes(&self) -> usize {
        self.passes
    }

    /// A number that changes when the page does.
    pub fn fingerprint(&self, page: usize) -> Option<u128> {
        Some(typst::utils::hash128(&self.document.pages().get(page)?.frame))
    }

    /// Where the words on a page were written; empty for a page that is not there and
    /// for a layout without positions.
    pub fn positions(&self, page: usize) -> Arc<Vec<Position>> {
        match self.document.pages().get(page) {
            Some(page) => positions_on(&page.frame),
            None => Arc::default(),
        }
    }

    /// The rectangle around all text on a page, whoever wrote it; `None` for a page
    /// without any.
    pub fn text_area(&self, page: usize) -> Option<Rectangle> {
        area_of_text(&self.document.pages().get(page)?.frame)
    }

    /// A page as PNG.
    pub fn png(&self, page: usize, ppi: f64) -> Result<Vec<u8>, Failure> {
        let failure = |message: String| Failure::new(FailureKind::Export, message);
        let page = self
            .document
            .pages()
            .get(page)
            .ok_or_else(|| failure(format!("there is no page {page}")))?;
        let options =
            RenderOptions { pixel_per_pt: Scalar::new(ppi / 72.0), ..RenderOptions::default() };
        typst_render::render(page, &options)
            .encode_png()
            .map_err(|error| failure(error.to_string()))
    }

    /// The official PDF: accessible (PDF/UA-1) and archivable (PDF/A-3a).
    pub fn pdf(&self) -> Result<Pdf, Failure> {
        let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_3a])
            .map_err(|error| Failure::new(FailureKind::Export, error.message().to_string()))?;
        let options = PdfOptions {
            ident: Smart::Custom(self.identifier.clone()),
            creator: Smart::Custom(Some(concat!("Tertial ", env!("CARGO_PKG_VERSION")).to_owned())),
            // The date of the report, not of the build.
            timestamp: self.date.and_then(timestamp),
            standards,
            ..PdfOptions::default()
        };
        let bytes = typst_pdf::pdf(&self.document, &options)
            .map_err(|errors| Failure::from_typst(FailureKind::Export, &errors))?;
        Ok(Pdf { bytes, pages: self.page_count() })
    }
}

fn timestamp(date: Date) -> Option<Timestamp> {
    let time = Datetime::from_ymd_hms(i32::from(date.year), date.month, date.day, 0, 0, 0)?;
    Some(Timestamp::new_utc(time))
}

thread_local! {
    /// The layout passes of the compilation that runs on this thread.
    static PASSES: Cell<usize> = const { Cell::new(0) };
}

/// Pages that count how many times they were laid out. Typst creates its output once
/// for each pass and does not say how often.
struct CountedDocument(PagedDocument);

impl Output for CountedDocument {
    fn target() -> Target {
        PagedDocument::target()
    }

    fn create(engine: &mut Engine, content: &Content, styles: StyleChain) -> SourceResult<Self> {
        PASSES.set(PASSES.get() + 1);
        PagedDocument::create(engine, content, styles).map(Self)
    }

    fn introspector(&self) -> &dyn Introspector {
        self.0.introspector().as_ref()
    }
}
