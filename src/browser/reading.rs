//! Serves what helps to read an article and to pass it on.
//!
//! | module | does |
//! | --- | --- |
//! | [`speech`] | reads an article aloud with the device's own voice |
//! | [`sharing`] | passes the address on: share sheet, copy, code |
//! | [`pictures`] | shows pictures enlarged |

pub mod pictures;
pub mod sharing;
pub mod speech;

use crate::words::Words;
use std::rc::Rc;
use web_sys::Element;

/// The helpers of a page.
pub struct Reading {
    words: &'static Words,
    speech: Rc<speech::Speech>,
}

impl Reading {
    /// Begins to listen for what the device does by itself.
    pub fn new(words: &'static Words) -> Self {
        sharing::listen(words);
        pictures::listen(words);
        Self { words, speech: speech::Speech::new() }
    }

    /// A page was shown: helpers that this device has are offered.
    pub fn offer(&self) {
        self.speech.offer();
        sharing::offer(self.words);
    }

    /// The page is left: nothing of it goes on.
    pub fn end(&self) {
        self.speech.stop();
        pictures::close();
    }

    /// Serves an action; answers whether it was one of these.
    pub fn act(&self, action: &str, element: &Element) -> bool {
        match action {
            "listen" => self.speech.start(),
            "listen-pause" => self.speech.pause(),
            "listen-stop" => self.speech.stop(),
            "share" => sharing::share(),
            "copy-link" => sharing::copy(self.words),
            "enlarge" => pictures::open(element, self.words),
            "picture-before" => pictures::turn(-1, self.words),
            "picture-after" => pictures::turn(1, self.words),
            "close-picture" => pictures::close(),
            _ => return false,
        }
        true
    }
}
