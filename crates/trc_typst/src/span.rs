//! Source positions inside Typst.
//!
//! All text that a writer wrote belongs to one file as far as Typst is concerned:
//! one file id per document version would run out after 65,535 of them. A span in
//! that file is a *raw range* whose start is the number of the block and whose end
//! is the offset inside the block. Both have 23 bits. Offsets are relative to their
//! block, so that an edit further up changes no span, and Typst's cache holds.

use std::num::NonZeroU64;

use trc_page::data::Origin;
use typst::syntax::{DiagSpan, DiagSpanKind, Span, SpanKind};

use crate::world::file_ids;

/// The bits of a span below the file id.
const NUMBER_BITS: u32 = 48;
/// Where Typst's raw ranges begin within those bits.
const RANGE_BASE: u64 = (1 << 47) + (1 << 46);
/// The bits of each end of a raw range.
const RANGE_BITS: u32 = 23;
/// The largest number of a block and the largest offset.
const MAX: u32 = (1 << RANGE_BITS) - 1;

/// The span of text written at `origin`; detached if the numbers do not fit, which
/// costs the way back to the source and nothing else.
pub fn span_of(origin: Origin) -> Span {
    if origin.block > MAX || origin.offset > MAX {
        return Span::detached();
    }
    // `Span::from_range` is private to Typst; this is the layout it documents. The
    // test below holds it to what `Span::get` reads.
    let number = RANGE_BASE + ((u64::from(origin.block) << RANGE_BITS) | u64::from(origin.offset));
    let raw = (u64::from(file_ids().text.into_raw().get()) << NUMBER_BITS) | number;
    NonZeroU64::new(raw).map_or_else(Span::detached, Span::from_raw)
}

/// Where the text with this span was written.
pub fn origin_of(span: Span) -> Option<Origin> {
    match span.get() {
        SpanKind::Range { id, range } if id == file_ids().text => Some(Origin {
            block: u32::try_from(range.start).ok()?,
            offset: u32::try_from(range.end).ok()?,
        }),
        _ => None,
    }
}

/// The block a diagnostic points to.
pub fn block_of(span: DiagSpan) -> Option<u32> {
    match span.get() {
        DiagSpanKind::Range { id, range } if id == file_ids().text => {
            u32::try_from(range.start).ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_leads_back_to_its_origin() {
        for (block, offset) in [(0, 0), (0, 1), (1, 0), (7, 4_321), (MAX, MAX)] {
            let origin = Origin { block, offset };
            let span = span_of(origin);
            assert!(!span.is_detached());
            assert_eq!(origin_of(span), Some(origin));
            assert_eq!(block_of(span.into()), Some(block));
        }
    }

    #[test]
    fn a_number_that_does_not_fit_is_no_span() {
        assert!(span_of(Origin { block: MAX + 1, offset: 0 }).is_detached());
        assert!(span_of(Origin { block: 0, offset: MAX + 1 }).is_detached());
    }
}
