//! A program whose types are generated from `petstore.yaml` when it is built.
#![expect(clippy::print_stdout, reason = "the program's own output")]

include!(concat!(env!("OUT_DIR"), "/petstore.rs"));

use petstore::Pet;

fn main() {
    for json in [
        r#"{"name": "Tom", "kind": "cat", "tag": "a-1"}"#,
        r#"{"name": "", "kind": "fish", "tag": "a"}"#,
    ] {
        match Pet::from_json(json.as_bytes()) {
            Ok(pet) => println!("{} is a {}", pet.name, pet.kind),
            Err(report) => println!("{report}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::petstore::{Pet, PetKind, Validate, operations};

    #[test]
    fn the_types_know_the_rules() {
        let pet = Pet::from_json(br#"{"name": "Tom", "kind": "cat"}"#).expect("it is valid");
        assert_eq!(pet.kind, PetKind::Cat);
        let report = Pet::from_json(br#"{"name": "", "kind": "cat", "tag": "a"}"#)
            .expect_err("two rules are broken");
        assert_eq!(report.codes(), ["schema/min-length", "schema/pattern"]);
        assert!(Pet::new("x".repeat(41), PetKind::Dog).validate().is_err());
        assert_eq!(operations::ADD_PET.path, "/pets");
    }
}
