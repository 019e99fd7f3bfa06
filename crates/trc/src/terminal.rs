//! What is known about the terminal: whether there is one, its width, and colours.

use std::fmt;
use std::io::IsTerminal;

use crate::cli::Color;

/// The width assumed where there is no terminal to ask.
const WIDTH: usize = 100;

/// One of the two output streams, as far as presentation is concerned.
#[derive(Debug, Clone, Copy)]
pub struct Stream {
    /// True for a terminal that can redraw a line.
    pub redraws: bool,
    pub paint: Paint,
    /// In columns.
    pub width: usize,
}

impl Stream {
    /// Standard output.
    pub fn stdout(color: Color) -> Stream {
        Stream::new(std::io::stdout().is_terminal(), color)
    }

    /// Standard error.
    pub fn stderr(color: Color) -> Stream {
        Stream::new(std::io::stderr().is_terminal(), color)
    }

    fn new(terminal: bool, color: Color) -> Stream {
        let width = terminal.then(terminal_size::terminal_size).flatten();
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let redraws = terminal && !dumb;
        Stream {
            redraws,
            paint: Paint { enabled: enabled(color, redraws) },
            width: width.map_or(WIDTH, |(width, _)| usize::from(width.0).clamp(40, 160)),
        }
    }
}

/// `NO_COLOR` counts when it is set to anything but nothing, as no-color.org says.
fn enabled(color: Color, redraws: bool) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let asked_not_to = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            redraws && !asked_not_to
        }
    }
}

/// Colours, or their absence.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    pub enabled: bool,
}

/// What a piece of text is, from which its colour follows.
#[derive(Debug, Clone, Copy)]
pub enum Style {
    Error,
    Warning,
    Info,
    Help,
    Strong,
}

impl Paint {
    /// No colours.
    pub const PLAIN: Paint = Paint { enabled: false };

    pub fn style<T: fmt::Display>(self, style: Style, text: T) -> Painted<T> {
        Painted { style: self.enabled.then_some(style), text }
    }
}

/// Text with its colour.
pub struct Painted<T> {
    style: Option<Style>,
    text: T,
}

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(style) = self.style else { return self.text.fmt(f) };
        let code = match style {
            Style::Error => "1;31",
            Style::Warning => "1;33",
            Style::Info => "1;34",
            Style::Help => "1;36",
            Style::Strong => "1",
        };
        write!(f, "\x1b[{code}m{}\x1b[0m", self.text)
    }
}
