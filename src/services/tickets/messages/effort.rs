//! How much work formatted text makes for whoever builds its tree: told apart before that is done.

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{
    Attribute, ExpandedName, LocalName, ParseOpts, QualName, local_name, namespace_url, ns, parse_fragment,
};
use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

/// Most work: ten times what the longest newsletters make. Each unit is an element that is made or looked at.
const MOST: u64 = 500_000;
/// What an element of [`FORMATTING`] with attributes counts: the parser compares each with all others that are open.
const COMPARED: u64 = 300;
/// Formatting that the parser keeps a list of (HTML, section 13.2.4.3). Without attributes it keeps three of a kind, and
/// only the last `a`.
const FORMATTING: &[LocalName] = &[
    local_name!("b"),
    local_name!("big"),
    local_name!("code"),
    local_name!("em"),
    local_name!("font"),
    local_name!("i"),
    local_name!("nobr"),
    local_name!("s"),
    local_name!("small"),
    local_name!("strike"),
    local_name!("strong"),
    local_name!("tt"),
    local_name!("u"),
];
/// Bytes between two looks at how much it was so far.
const PIECE: usize = 64;

/// Whether the tree of this text is built with little work. Elements in elements, or formatting that is never closed, make
/// work that grows with the square of their number and can fill the memory.
pub(super) fn is_light(html: &str) -> bool {
    let spent = Rc::new(Cell::new(0));
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let mut parser = parse_fragment(Count(Rc::clone(&spent)), ParseOpts::default(), context, Vec::new());
    let mut rest = html;
    while !rest.is_empty() && spent.get() <= MOST {
        let (piece, later) = rest.split_at(rest.floor_char_boundary(PIECE));
        parser.process(StrTendril::from_slice(piece));
        rest = later;
    }
    parser.finish();
    spent.get() <= MOST
}

/// An element: its name alone.
type Node = Rc<QualName>;

/// Builds no tree and counts what building one takes.
struct Count(Rc<Cell<u64>>);

impl Count {
    fn one(&self) {
        self.0.set(self.0.get() + 1);
    }

    fn node(&self, name: QualName) -> Node {
        self.one();
        Rc::new(name)
    }

    fn nameless(&self) -> Node {
        self.node(QualName::new(None, ns!(), local_name!("")))
    }
}

impl TreeSink for Count {
    type Handle = Node;
    type Output = ();

    fn finish(self) {}

    fn parse_error(&mut self, _: Cow<'static, str>) {}

    fn get_document(&mut self) -> Node {
        self.nameless()
    }

    fn elem_name<'a>(&'a self, target: &'a Node) -> ExpandedName<'a> {
        self.one();
        target.expanded()
    }

    fn create_element(&mut self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Node {
        if !attributes.is_empty() && FORMATTING.contains(&name.local) {
            self.0.set(self.0.get() + COMPARED);
        }
        self.node(name)
    }

    fn create_comment(&mut self, _: StrTendril) -> Node {
        self.nameless()
    }

    fn create_pi(&mut self, _: StrTendril, _: StrTendril) -> Node {
        self.nameless()
    }

    fn append(&mut self, _: &Node, _: NodeOrText<Node>) {
        self.one();
    }

    fn append_based_on_parent_node(&mut self, _: &Node, _: &Node, _: NodeOrText<Node>) {
        self.one();
    }

    fn append_doctype_to_document(&mut self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&mut self, target: &Node) -> Node {
        Rc::clone(target)
    }

    fn same_node(&self, one: &Node, other: &Node) -> bool {
        self.one();
        Rc::ptr_eq(one, other)
    }

    fn set_quirks_mode(&mut self, _: QuirksMode) {}

    fn append_before_sibling(&mut self, _: &Node, _: NodeOrText<Node>) {
        self.one();
    }

    fn add_attrs_if_missing(&mut self, _: &Node, _: Vec<Attribute>) {}

    fn remove_from_parent(&mut self, _: &Node) {
        self.one();
    }

    fn reparent_children(&mut self, _: &Node, _: &Node) {
        self.one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    const LONGEST: usize = 100_000;

    fn filled(part: impl Fn(usize) -> String) -> String {
        let mut text = String::new();
        for n in 0.. {
            let next = part(n);
            if text.len() + next.len() > LONGEST {
                return text;
            }
            text.push_str(&next);
        }
        text
    }

    #[test]
    fn what_people_write_is_light() {
        let row = |n| {
            format!(
                "<tr><td style=\"padding: 0\"><table><tbody><tr><td><p><font color=red><b>Offer {n}</b> <a \
                 href=\"https://shop.example/{n}\">look</a></font><br></p></td></tr></tbody></table></td></tr>"
            )
        };
        let letter = format!("<div><div><div><table>{}</table></div></div></div>", filled(row));
        assert!(is_light(&letter));
        assert!(is_light(&filled(|n| format!("<p>Line {n} with <i>words</i>, ünd andere.\n"))));
        let mut quoted = String::from("<p>Yes.");
        (0..60).for_each(|n| write!(quoted, "<blockquote><p>On day {n} you wrote <b>this</b>:</p>").unwrap());
        assert!(is_light(&quoted));
        assert!(is_light("") && is_light("no formatting at all"));
    }

    #[test]
    fn what_makes_work_without_end_is_not() {
        let half = |first: &dyn Fn(usize) -> String, then: &str| {
            let begin: String = (0..4000).map(first).collect();
            begin + &then.repeat(10_000)
        };
        let heavy = [
            filled(|_| "<div>".to_owned()),
            filled(|_| "<i><div>".to_owned()),
            half(&|n| format!("<b a={n}>"), "<p>x"),
            half(&|n| format!("<b a={n}><object></b></object>"), "<p>x"),
            format!(
                "<p>{}</p>{}",
                (0..300).map(|n| format!("<b a={n}>")).collect::<String>(),
                "<p>x</p>".repeat(9000)
            ),
        ];
        for text in heavy {
            assert!(!is_light(&text), "{}", &text[..40]);
        }
    }
}
