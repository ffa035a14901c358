//! Writes the public API that rustdoc JSON describes to standard output, one item a line and sorted.
//!
//! Left out is what follows from other lines: implementations of blanket and auto traits, and the methods of traits
//! of the standard library.

use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use public_api::{Builder, PublicApi};

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: write-public-api FILE.json");
        return ExitCode::from(2);
    };
    let api = Builder::from_rustdoc_json(&path)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build();
    let written = match api {
        Ok(api) => write(&api),
        Err(error) => Err(io::Error::other(error)),
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}

fn write(api: &PublicApi) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut implementor: Option<String> = None;
    for item in api.items() {
        let line = item.to_string();
        if line.starts_with("impl") {
            implementor = implementor_of_std_trait(&line).map(str::to_owned);
            if line.contains(" core::marker::StructuralPartialEq for ") {
                continue;
            }
        } else if implementor
            .as_deref()
            .is_some_and(|ty| is_method_of(&line, ty))
        {
            continue;
        }
        writeln!(out, "{line}")?;
    }
    out.flush()
}

/// Returns `T` of `impl<…> core::fmt::Debug for T where …`: the methods of such a trait are known.
fn implementor_of_std_trait(line: &str) -> Option<&str> {
    let (name, rest) = after_generics(line.strip_prefix("impl")?)
        .trim_start()
        .split_once(" for ")?;
    let of_std = ["core::", "alloc::", "std::"]
        .iter()
        .any(|library| name.starts_with(library));
    of_std.then(|| rest.split_once(" where ").map_or(rest, |(ty, _)| ty))
}

/// Skips `<…>` at the start of a text.
fn after_generics(text: &str) -> &str {
    let mut depth = 0_u32;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '<' => depth += 1,
            // Not the arrow of `Fn() -> T`.
            '>' if before != '-' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return if c == '>' { &text[at + 1..] } else { text };
        }
        before = c;
    }
    text
}

fn is_method_of(line: &str, ty: &str) -> bool {
    ["pub fn ", "pub const fn ", "pub unsafe fn "]
        .iter()
        .any(|start| {
            line.strip_prefix(start)
                .and_then(|path| path.strip_prefix(ty))
                .is_some_and(|rest| rest.starts_with("::"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_implementor_of_traits_of_the_standard_library_only() {
        assert_eq!(
            implementor_of_std_trait("impl core::fmt::Debug for a::B"),
            Some("a::B")
        );
        assert_eq!(
            implementor_of_std_trait(
                "impl<'app, T: a::C> core::clone::Clone for a::B<'app, T> where T: a::D"
            ),
            Some("a::B<'app, T>")
        );
        assert_eq!(
            implementor_of_std_trait("impl a::Trait<core::fmt::Error> for a::B"),
            None
        );
        assert_eq!(
            implementor_of_std_trait(
                "impl<F: core::ops::Fn() -> core::cmp::Ordering> a::Trait for F"
            ),
            None
        );
        assert_eq!(implementor_of_std_trait("impl a::B"), None);
    }

    #[test]
    fn methods_belong_to_the_type_and_functions_after_it_do_not() {
        assert!(is_method_of(
            "pub fn a::B<'app, T>::clone(&self) -> a::B<'app, T>",
            "a::B<'app, T>"
        ));
        assert!(is_method_of(
            "pub const fn a::B::eq(&self, &a::B) -> bool",
            "a::B"
        ));
        assert!(!is_method_of("pub fn a::b(a::B)", "a::B"));
        assert!(!is_method_of(
            "pub fn a::Bee::clone(&self) -> a::Bee",
            "a::B"
        ));
        assert!(!is_method_of("pub type a::B::Err = a::Error", "a::B"));
    }
}
