//! Conditions in CEL over one component and its surroundings.
//!
//! What a condition can name is checked before it runs: the keys that a component may have, as the
//! documents write them, and a few words for its surroundings. At run time an absent fact is absent
//! from the context, so that a condition that needs it ends as *unanswered* and never as false;
//! `false && unknown` is still false and `true || unknown` true.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use cel::common::ast::{Expr, IdedExpr, LiteralValue, operators};
use cel::{Context, Env, ExecutionError, IdedExpr as Expression, Program, Value};

use crate::design::model::policy::Over;
use crate::said;
use crate::source::{Diagnostic, Kind, Node, Said, Sources, Span, nearest};

mod context;
mod syntax;

pub(in crate::analysis) use context::given;
pub use context::{Facts, SURROUNDINGS, facts, facts_of, fields, words};

/// CEL's own functions: advice asks hundreds of times what a condition would say, and they stay the same.
static FUNCTIONS_OF_CEL: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(Env::stdlib()));

/// A condition that was read and checked.
#[derive(Debug)]
pub struct Condition {
    program: Program,
    span: Span,
    /// The fields that it names.
    pub names: BTreeSet<String>,
}

/// How a condition ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It holds.
    Holds,
    /// It does not.
    Fails,
    /// A fact that it needs is not stated: its name, or what could not be done.
    Unanswered(String),
}

impl Condition {
    /// Reads and checks the condition over a component that stands at a node.
    ///
    /// # Errors
    /// Every mistake in it, at its place.
    pub fn read(sources: &Sources, node: &Node) -> Result<Condition, Vec<Diagnostic>> {
        Condition::over(Over::Components, sources, node)
    }

    /// The same over the entries of any block of a design.
    ///
    /// # Errors
    /// Every mistake in it, at its place.
    pub fn over(over: Over, sources: &Sources, node: &Node) -> Result<Condition, Vec<Diagnostic>> {
        let text = node.scalar().unwrap_or("");
        let at = Place { sources, node, text };
        let program = Program::compile(text).map_err(|errors| syntax::translate(&errors, &at))?;
        let mut walk =
            Walk { over, program: &program, at: &at, bound: Vec::new(), names: BTreeSet::new(), found: Vec::new() };
        walk.expression(program.expression());
        let Walk { names, found, .. } = walk;
        if found.is_empty() { Ok(Condition { program, span: node.span, names }) } else { Err(found) }
    }

    /// Evaluates it over a component.
    ///
    /// # Errors
    /// What makes it no condition: values that cannot be compared, or an outcome that is neither
    /// true nor false.
    pub fn ask(&self, facts: &Facts) -> Result<Answer, Box<Diagnostic>> {
        let mut context = Context::with_env(Arc::clone(&FUNCTIONS_OF_CEL));
        // What is not named cannot be asked for.
        for (name, value) in self.names.iter().filter_map(|name| Some((name, facts.get(name)?))) {
            if let Ok(value) = cel::to_value(value) {
                context.add_variable_from_value(name.as_str(), value);
            }
        }
        match self.program.execute(&context) {
            Ok(Value::Bool(true)) => Ok(Answer::Holds),
            Ok(Value::Bool(false)) => Ok(Answer::Fails),
            Ok(_) => {
                let message = said!("this is a value, not a condition", "c’est une valeur, pas une condition");
                let help = said!(
                    "compare it with something, as in `replicas > 1`",
                    "comparez-la à quelque chose, comme `replicas > 1`"
                );
                Err(Box::new(Diagnostic::error("expression/not-a-condition", self.span, message).help(help)))
            }
            // Names were checked: a name that is not there is a fact that nobody states.
            Err(ExecutionError::NoSuchKey(name) | ExecutionError::UndeclaredReference(name)) => {
                Ok(Answer::Unanswered(name.to_string()))
            }
            Err(error) => {
                let message = said!(
                    "this condition cannot be worked out: it puts together values of different kinds",
                    "cette condition ne peut être évaluée : elle rapproche des valeurs de natures différentes"
                );
                let help = match error {
                    ExecutionError::NoSuchOverload(_)
                    | ExecutionError::UnsupportedBinaryOperator(..)
                    | ExecutionError::ValuesNotComparable(..) => {
                        said!(
                            "texts stand in quotes; quantities are numbers in base units with a decimal point, such as `2.0`",
                            "les textes sont entre guillemets ; les quantités sont des nombres en unités de base avec un point décimal, comme `2.0`"
                        )
                    }
                    _ => said!("see CEL’s own documentation", "voir la documentation de CEL"),
                };
                Err(Box::new(Diagnostic::error("expression/evaluation", self.span, message).help(help)))
            }
        }
    }
}

/// Where an expression stands in its file.
struct Place<'a> {
    sources: &'a Sources,
    node: &'a Node,
    text: &'a str,
}

impl Place<'_> {
    /// The span of some bytes of the expression. Only a text without escapes on one line stands in
    /// the file as it is; of any other, the whole scalar is meant.
    fn span(&self, start: usize, end: usize) -> Span {
        let whole = self.node.span;
        let source = self.sources.text(whole);
        let quoted = matches!(self.node.kind, Kind::Scalar { quoted: true, .. });
        let skip = usize::from(quoted);
        let inner = source.get(skip..source.len().saturating_sub(skip));
        if inner != Some(self.text) || !self.text.is_ascii() || end > self.text.len() || start >= end {
            return whole;
        }
        let first = whole.start + skip as u32;
        Span { file: whole.file, start: first + start as u32, end: first + end as u32 }
    }
}

/// Functions of CEL that conditions may call, beside the operators.
const FUNCTIONS: [&str; 10] =
    ["size", "contains", "startsWith", "endsWith", "int", "uint", "double", "string", "min", "max"];

/// Checks every name in an expression.
struct Walk<'a> {
    over: Over,
    program: &'a Program,
    at: &'a Place<'a>,
    /// Variables that `exists`, `all` and their like bind.
    bound: Vec<String>,
    names: BTreeSet<String>,
    found: Vec<Diagnostic>,
}

impl Walk<'_> {
    fn expression(&mut self, expression: &Expression) {
        match &expression.expr {
            Expr::Ident(name) => self.name(expression.id, name),
            Expr::Select(select) => {
                self.expression(&select.operand);
                self.field(expression);
            }
            Expr::Call(call) => {
                let function = call.func_name.as_str();
                if function.starts_with(|c: char| c.is_ascii_alphabetic()) && !FUNCTIONS.contains(&function) {
                    self.unknown_function(expression.id, function);
                }
                if let Some(target) = &call.target {
                    self.expression(target);
                }
                call.args.iter().for_each(|argument| self.expression(argument));
                if let [a, b] = call.args.as_slice()
                    && [operators::EQUALS, operators::NOT_EQUALS, operators::IN].contains(&function)
                {
                    self.words(a, b);
                    self.words(b, a);
                }
            }
            Expr::Comprehension(comprehension) => {
                self.expression(&comprehension.iter_range);
                let before = self.bound.len();
                self.bound.push(comprehension.iter_var.clone());
                self.bound.extend(comprehension.iter_var2.clone());
                self.bound.push(comprehension.accu_var.clone());
                for part in [
                    &comprehension.accu_init,
                    &comprehension.loop_cond,
                    &comprehension.loop_step,
                    &comprehension.result,
                ] {
                    self.expression(part);
                }
                self.bound.truncate(before);
            }
            Expr::List(list) => list.elements.iter().for_each(|element| self.expression(element)),
            _ => {}
        }
    }

    fn name(&mut self, id: u64, name: &str) {
        if self.bound.iter().any(|bound| bound == name) {
            return;
        }
        if context::known(self.over, &[name]) {
            self.names.insert(name.to_owned());
            return;
        }
        let (start, _) = self.program.source_info().offset_for(id).unwrap_or((0, 0));
        let span = self.at.span(start as usize, start as usize + name.len());
        let message = match self.over {
            Over::Components => said!("a component has no `{name}`", "un composant n’a pas de `{name}`"),
            over => said!(
                "an entry of `{block}` has no `{name}`",
                "une entrée de `{block}` n’a pas de `{name}`",
                block = over.block()
            ),
        };
        let near = nearest(name, context::names(self.over).iter().map(String::as_str)).map(str::to_owned);
        self.report("expression/unknown-field", span, message, near);
    }

    /// The last field of `requests.memory`; the ones before it are checked as the walk goes down.
    fn field(&mut self, expression: &Expression) {
        let Some(path) = path(expression) else { return };
        let steps: Vec<&str> = path.iter().map(String::as_str).collect();
        let [before @ .., field] = steps.as_slice() else { return };
        // A mistake further up is one mistake.
        if self.bound.iter().any(|bound| bound == steps[0])
            || !context::known(self.over, before)
            || context::known(self.over, &steps)
        {
            return;
        }
        // The offset of a selection is that of its dot; that of `has(…)` is before it.
        let (start, _) = self.program.source_info().offset_for(expression.id).unwrap_or((0, 0));
        let rest = self.at.text.get(start as usize..).unwrap_or("");
        let from = start as usize + rest.find(&format!(".{field}")).map_or(0, |at| at + 1);
        let span = self.at.span(from, from + field.len());
        let around = before.join(".");
        let message = said!("`{around}` has no `{field}`", "`{around}` n’a pas de `{field}`");
        let near = nearest(field, fields(self.over, before).iter().map(String::as_str)).map(str::to_owned);
        self.report("expression/unknown-field", span, message, near);
    }

    fn unknown_function(&mut self, id: u64, function: &str) {
        // The offset of a call is that of its parenthesis, after the name.
        let (start, stop) = self.program.source_info().offset_for(id).unwrap_or((0, 0));
        let before = self.at.text.get(..start as usize).unwrap_or("");
        let span = match before.rfind(function) {
            Some(from) => self.at.span(from, from + function.len()),
            None => self.at.span(start as usize, stop as usize + 1),
        };
        let message = said!("there is no function `{function}`", "il n’y a pas de fonction `{function}`");
        let near = nearest(function, FUNCTIONS).map(str::to_owned);
        self.report("expression/unknown-function", span, message, near);
    }

    /// A word that a field can never be is a mistake, not a condition that fails.
    fn words(&mut self, field: &IdedExpr, other: &IdedExpr) {
        let Some(path) = path(field) else { return };
        let steps: Vec<&str> = path.iter().map(String::as_str).collect();
        let Some(allowed) = context::words_over(self.over, &steps) else { return };
        let literals: Vec<&IdedExpr> = match &other.expr {
            Expr::List(list) => list.elements.iter().collect(),
            _ => vec![other],
        };
        for literal in literals {
            let Expr::Literal(LiteralValue::String(word)) = &literal.expr else { continue };
            let word = word.inner();
            if !allowed.iter().any(|other| other == word) {
                let (start, stop) = self.program.source_info().offset_for(literal.id).unwrap_or((0, 0));
                let span = self.at.span(start as usize + 1, stop as usize);
                let around = steps.join(".");
                let list = allowed.join(", ");
                let message = said!(
                    "`{around}` is never `{word}`: it is one of {list}",
                    "`{around}` ne vaut jamais `{word}` : c’est l’un de {list}"
                );
                let near = nearest(word, allowed.iter().map(String::as_str)).map(str::to_owned);
                self.report("expression/unknown-word", span, message, near);
            }
        }
    }

    fn report(&mut self, code: &str, span: Span, message: Said, near: Option<String>) {
        let diagnostic = Diagnostic::error(code, span, message);
        self.found.push(match near {
            // The whole scalar is no place for an edit of one word.
            Some(near) if span != self.at.node.span => super::comparison::suggest(diagnostic, Some(&near)),
            Some(near) => diagnostic.help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?")),
            None => diagnostic,
        });
    }
}

/// The steps of `a.b.c`; `None` for anything that is no path from a name.
fn path(expression: &Expression) -> Option<Vec<String>> {
    match &expression.expr {
        Expr::Ident(name) => Some(vec![name.clone()]),
        Expr::Select(select) => {
            let mut steps = path(&select.operand)?;
            steps.push(select.field.clone());
            Some(steps)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
