//! Puts the functions of a program in the order that compresses best.
//!
//! What a host sends is compressed, and a compressor finds what is alike when it lies close together. Linkers order
//! functions by where they come from, or by size.

use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionBody, FunctionSectionReader, Parser, Payload, TypeRef};

/// The same program with its functions by signature, and those of one signature by their bytes: the many small functions
/// that generics leave behind then stand beside each other.
///
/// # Errors
/// What the program is not, that wasm should be.
pub fn ordered(wasm: &[u8]) -> Result<Vec<u8>, String> {
    let no_wasm = |error: &dyn std::fmt::Display| format!("the program is no wasm: {error}");
    let mut order = Order::of(wasm).map_err(|error| no_wasm(&error))?;
    let mut module = Module::new();
    order.parse_core_module(&mut module, Parser::new(0), wasm).map_err(|error| no_wasm(&error))?;
    Ok(module.finish())
}

/// Where each function comes from and goes to; imported functions stay where they are, before all others.
struct Order {
    imported: usize,
    /// The former place of each function, by its new one.
    former: Vec<usize>,
    /// The new place of each function, by its former one.
    place: Vec<usize>,
}

impl Order {
    fn of(wasm: &[u8]) -> Result<Self, wasmparser::BinaryReaderError> {
        let (mut imported, mut signatures, mut bodies) = (0, Vec::new(), Vec::new());
        for part in Parser::new(0).parse_all(wasm) {
            match part? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(functions) => signatures = functions.into_iter().collect::<Result<_, _>>()?,
                Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
                _ => {}
            }
        }
        let mut former: Vec<usize> = (0..bodies.len()).collect();
        former.sort_by_key(|at| (signatures.get(*at), bodies[*at]));
        let mut place = vec![0; former.len()];
        former.iter().enumerate().for_each(|(to, from)| place[*from] = to);
        Ok(Self { imported, former, place })
    }
}

impl Reencode for Order {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        let own = usize::try_from(function).ok().and_then(|at| at.checked_sub(self.imported));
        let Some(place) = own.and_then(|own| self.place.get(own)) else { return Ok(function) };
        u32::try_from(place + self.imported).map_err(|_| Error::InvalidCodeSectionSize)
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let signatures: Vec<u32> = section.into_iter().collect::<Result<_, _>>()?;
        for from in &self.former {
            functions.function(*signatures.get(*from).ok_or(Error::InvalidCodeSectionSize)?);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let bodies: Vec<FunctionBody<'_>> = section.into_iter().collect::<Result<_, _>>()?;
        for from in self.former.clone() {
            utils::parse_function_body(self, code, bodies[from].clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function, ImportSection,
        Instruction as Step, RefType, TableSection, TableType, TypeSection, ValType,
    };
    use wasmparser::{ElementItems, Operator};

    /// Imports one function, defines three of two signatures, exports them, calls one and has another in its table.
    fn program() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], [ValType::I32]);
        types.ty().function([ValType::I32], [ValType::I32]);
        let mut imports = ImportSection::new();
        imports.import("env", "given", EntityType::Function(0));
        let (mut functions, mut code, mut exports) = (FunctionSection::new(), CodeSection::new(), ExportSection::new());
        let one_more = vec![Step::LocalGet(0), Step::I32Const(1), Step::I32Add, Step::End];
        let nine = vec![Step::I32Const(9), Step::End];
        let ten = vec![Step::Call(2), Step::Call(1), Step::End];
        for (at, (name, signature, steps)) in (1..).zip([("one_more", 1, one_more), ("nine", 0, nine), ("ten", 0, ten)])
        {
            functions.function(signature);
            let mut body = Function::new([]);
            steps.iter().for_each(|step| {
                body.instruction(step);
            });
            code.function(&body);
            exports.export(name, ExportKind::Func, at);
        }
        let mut tables = TableSection::new();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 1,
            maximum: None,
            shared: false,
        });
        let mut elements = ElementSection::new();
        elements.active(None, &ConstExpr::i32_const(0), Elements::Functions([3].as_slice().into()));
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&tables).section(&exports);
        module.section(&elements).section(&code);
        module.finish()
    }

    /// The names of its functions, as imported or exported, in their order.
    fn names(wasm: &[u8]) -> Vec<String> {
        let mut names = vec!["given".to_owned()];
        for part in Parser::new(0).parse_all(wasm) {
            if let Payload::ExportSection(exports) = part.expect("valid") {
                let mut exported: Vec<_> = exports.into_iter().map(|export| export.expect("valid")).collect();
                exported.sort_by_key(|export| export.index);
                names.extend(exported.into_iter().map(|export| export.name.to_owned()));
            }
        }
        names
    }

    /// By name: what each function is and does, whom it calls, and which function the table holds.
    fn told(wasm: &[u8]) -> Vec<String> {
        let names = names(wasm);
        let (mut signatures, mut bodies, mut told) = (Vec::new(), Vec::new(), Vec::new());
        for part in Parser::new(0).parse_all(wasm) {
            match part.expect("valid") {
                Payload::FunctionSection(functions) => {
                    signatures.extend(functions.into_iter().map(|kind| kind.expect("valid")))
                }
                Payload::CodeSectionEntry(body) => {
                    let steps = body.get_operators_reader().expect("valid").into_iter().map(|step| {
                        match step.expect("valid") {
                            Operator::Call { function_index } => format!("call {}", names[function_index as usize]),
                            other => format!("{other:?}"),
                        }
                    });
                    bodies.push(steps.collect::<Vec<_>>().join(", "));
                }
                Payload::ElementSection(elements) => {
                    for element in elements {
                        let ElementItems::Functions(held) = element.expect("valid").items else { panic!("functions") };
                        told.extend(
                            held.into_iter().map(|at| format!("the table: {}", names[at.expect("valid") as usize])),
                        );
                    }
                }
                _ => {}
            }
        }
        let functions = names.iter().skip(1).zip(signatures).zip(bodies);
        told.extend(functions.map(|((name, signature), body)| format!("{name}: {signature}: {body}")));
        told.sort();
        told
    }

    #[test]
    fn only_the_order_of_functions_changes() {
        let (before, after) = (program(), ordered(&program()).expect("a program"));
        assert_eq!(names(&before), ["given", "one_more", "nine", "ten"]);
        assert_eq!(names(&after), ["given", "ten", "nine", "one_more"]);
        assert_eq!(told(&after), told(&before));
        assert_eq!(told(&before).len(), 4);
    }

    #[test]
    fn what_is_no_program_is_refused() {
        assert!(ordered(b"<!doctype html>").is_err_and(|error| error.contains("no wasm")));
    }
}
