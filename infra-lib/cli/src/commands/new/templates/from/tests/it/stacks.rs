//! Tests assertions on the templates.

use infra_lib::App;
use infra_lib::assertions::Template;

use my_app::{Config, build};

/// Logical ID and type of each resource of the template that the program was converted from.
const RESOURCES: &[(&str, &str)] = &[];

#[test]
fn keeps_logical_ids_and_types_of_resources() {
    let app = App::new();
    let config = Config {
        stack_name: "test".to_owned(),
    };
    build(&app, &config);
    let template = Template::of(&app.synth(), "my-stack");
    for (id, kind) in RESOURCES {
        assert_eq!(template.json()["Resources"][id]["Type"], *kind, "{id}");
    }
}
