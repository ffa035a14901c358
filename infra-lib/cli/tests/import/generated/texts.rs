//! The stack `Texts`: 48 resources, converted by `import-template` from
//! `texts.json`.
//!
//! Crates: `infra-core`, `infra-cfn` (features `lambda`, `ssm`), `serde_json`.

use infra_cfn::{
    lambda::{self, function},
    ssm::{self, parameter},
};
use infra_core::intrinsics::{base64, equals, join};
use infra_core::{
    App, CfnResource, Condition, Construct as _, Data, Mapping, Output, ParameterProps,
    ParameterType, Rule, Stack, StackProps, pseudo, sub, value,
};
use serde_json::json;

/// Adds the stack to the app.
pub fn texts(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("Texts that must stay as they are, byte for byte")
        .build(app, "Texts");

    // Parameters
    let text = ParameterProps::new(ParameterType::String)
        .default_value(
            r###"quotes " and "# and r#"raw"# and "##
second line"###,
        )
        .description(
            r"// a comment
/* a block */
{ } ( ) [ ] ; , 'a' 'b
",
        )
        .build(stack, "Text");

    // Mappings
    Mapping::new(
        stack,
        "Texts",
        [(
            "all",
            vec![
                (
                    "T0",
                    Data::from(
                        r#"print("one line of code")
"#,
                    ),
                ),
                (
                    "T1",
                    Data::from(
                        r"  indented first line
    more of it

	behind a tab
",
                    ),
                ),
                (
                    "T2",
                    Data::from(
                        r"trailing blanks   
and \ backslashes \
end",
                    ),
                ),
                (
                    "T3",
                    Data::from(
                        "\
lines of Windows\r\n\
second line\r\n",
                    ),
                ),
                (
                    "T4",
                    Data::from(
                        "\
right to left \u{202e}mark\u{202c} here\n\
second line",
                    ),
                ),
                (
                    "T5",
                    Data::from(
                        r###"quotes " and "# and r#"raw"# and "##
second line"###,
                    ),
                ),
                (
                    "T6",
                    Data::from(
                        r"no line break at the end
last line",
                    ),
                ),
                (
                    "T7",
                    Data::from(
                        r"


line breaks first
",
                    ),
                ),
                (
                    "T8",
                    Data::from(
                        "\
emoji 😀, combined e\u{301}\n\
\u{301}zero\u{200b}width\u{a0}and wide\u{3000}blanks\n\
\u{3000}first",
                    ),
                ),
                (
                    "T9",
                    Data::from(
                        r"// a comment
/* a block */
{ } ( ) [ ] ; , 'a' 'b
",
                    ),
                ),
                (
                    "T10",
                    Data::from(
                        "\
bell \u{7} and delete \u{7f}\n\
second line",
                    ),
                ),
                (
                    "T11",
                    Data::from(
                        r"continued \
  line \
\
",
                    ),
                ),
                (
                    "T12",
                    Data::from(
                        r" 
  
   blanks only
 ",
                    ),
                ),
                ("T13", Data::from("a\nb")),
                ("T14", Data::from(r#""""\\\""""#)),
            ],
        )],
    );

    // Conditions
    Condition::new(
        stack,
        "IsText",
        equals::<String>(
            r"  indented first line
    more of it

	behind a tab
",
            text,
        ),
    );

    // Rules
    Rule::new(
        stack,
        "TextsRule",
        equals::<String>(
            r"trailing blanks   
and \ backslashes \
end",
            text,
        ),
        r"trailing blanks   
and \ backslashes \
end",
    )
    .scope()
    .override_logical_id("Texts");

    // Resources
    let raw_resource = CfnResource::new(
        stack,
        "Raw",
        "Custom::Texts",
        json!({
            "ServiceToken": "arn:aws:lambda:eu-west-1:111122223333:function:texts",
            "Texts": {
                "T0": "\
        print(\"one line of code\")\n",
                "T1": "\
        \x20 indented first line\n\
        \x20   more of it\n\
        \n\
        \tbehind a tab\n",
                "T2": "\
        trailing blanks   \n\
        and \\ backslashes \\\n\
        end",
                "T3": "\
        lines of Windows\r\n\
        second line\r\n",
                "T4": "\
        right to left \u{202e}mark\u{202c} here\n\
        second line",
                "T5": "\
        quotes \" and \"# and r#\"raw\"# and \"##\n\
        second line",
                "T6": "\
        no line break at the end\n\
        last line",
                "T7": "\
        \n\
        \n\
        \n\
        line breaks first\n",
                "T8": "\
        emoji 😀, combined e\u{301}\n\
        \u{301}zero\u{200b}width\u{a0}and wide\u{3000}blanks\n\
        \u{3000}first",
                "T9": "\
        // a comment\n\
        /* a block */\n\
        { } ( ) [ ] ; , 'a' 'b\n",
                "T10": "\
        bell \u{7} and delete \u{7f}\n\
        second line",
                "T11": "\
        continued \\\n\
        \x20 line \\\n\
        \\\n",
                "T12": "\
        \x20\n\
        \x20 \n\
        \x20  blanks only\n\
        \x20",
                "T13": "a\nb",
                "T14": "\"\"\"\\\\\\\"\"\""
            },
            "Nested": {
                "Deep": [
                    {
                        "Deeper": [
                            "\
        print(\"one line of code\")\n",
                            "\
        \x20 indented first line\n\
        \x20   more of it\n\
        \n\
        \tbehind a tab\n",
                            "\
        trailing blanks   \n\
        and \\ backslashes \\\n\
        end",
                            "\
        lines of Windows\r\n\
        second line\r\n",
                            "\
        right to left \u{202e}mark\u{202c} here\n\
        second line",
                            "\
        quotes \" and \"# and r#\"raw\"# and \"##\n\
        second line",
                            "\
        no line break at the end\n\
        last line",
                            "\
        \n\
        \n\
        \n\
        line breaks first\n",
                            "\
        emoji 😀, combined e\u{301}\n\
        \u{301}zero\u{200b}width\u{a0}and wide\u{3000}blanks\n\
        \u{3000}first",
                            "\
        // a comment\n\
        /* a block */\n\
        { } ( ) [ ] ; , 'a' 'b\n",
                            "\
        bell \u{7} and delete \u{7f}\n\
        second line",
                            "\
        continued \\\n\
        \x20 line \\\n\
        \\\n",
                            "\
        \x20\n\
        \x20 \n\
        \x20  blanks only\n\
        \x20",
                            "a\nb",
                            "\"\"\"\\\\\\\"\"\""
                        ]
                    }
                ]
            },
            "Numbers": [123456789012_i64, 9223372036854775807_i64, -5000000000_i64, 0.5]
        }),
    );
    raw_resource.scope().add_metadata(
        "Texts",
        json!([
            "\
print(\"one line of code\")\n",
            "\
\x20 indented first line\n\
\x20   more of it\n\
\n\
\tbehind a tab\n",
            "\
trailing blanks   \n\
and \\ backslashes \\\n\
end",
            "\
lines of Windows\r\n\
second line\r\n",
            "\
right to left \u{202e}mark\u{202c} here\n\
second line",
            "\
quotes \" and \"# and r#\"raw\"# and \"##\n\
second line",
            "\
no line break at the end\n\
last line",
            "\
\n\
\n\
\n\
line breaks first\n",
            "\
emoji 😀, combined e\u{301}\n\
\u{301}zero\u{200b}width\u{a0}and wide\u{3000}blanks\n\
\u{3000}first",
            "\
// a comment\n\
/* a block */\n\
{ } ( ) [ ] ; , 'a' 'b\n",
            "\
bell \u{7} and delete \u{7f}\n\
second line",
            "\
continued \\\n\
\x20 line \\\n\
\\\n",
            "\
\x20\n\
\x20 \n\
\x20  blanks only\n\
\x20",
            "a\nb",
            "\"\"\"\\\\\\\"\"\""
        ]),
    );

    lambda::CfnFunctionProps::new(
        function::Code::new().zip_file(
            r"  indented first line
    more of it

	behind a tab
",
        ),
        "arn:aws:iam::111122223333:role/texts",
    )
    .handler("index.handler")
    .runtime(function::Runtime::PYTHON3_13)
    .environment(function::Environment::new().variables([
        (
            "T0",
            r#"print("one line of code")
"#,
        ),
        (
            "T1",
            r"  indented first line
    more of it

	behind a tab
",
        ),
        (
            "T2",
            r"trailing blanks   
and \ backslashes \
end",
        ),
        (
            "T3",
            "\
lines of Windows\r\n\
second line\r\n",
        ),
        (
            "T4",
            "\
right to left \u{202e}mark\u{202c} here\n\
second line",
        ),
        (
            "T5",
            r###"quotes " and "# and r#"raw"# and "##
second line"###,
        ),
        (
            "T6",
            r"no line break at the end
last line",
        ),
        (
            "T7",
            r"


line breaks first
",
        ),
        (
            "T8",
            "\
emoji 😀, combined e\u{301}\n\
\u{301}zero\u{200b}width\u{a0}and wide\u{3000}blanks\n\
\u{3000}first",
        ),
        (
            "T9",
            r"// a comment
/* a block */
{ } ( ) [ ] ; , 'a' 'b
",
        ),
        (
            "T10",
            "\
bell \u{7} and delete \u{7f}\n\
second line",
        ),
        (
            "T11",
            r"continued \
  line \
\
",
        ),
        (
            "T12",
            r" 
  
   blanks only
 ",
        ),
        ("T13", "a\nb"),
        ("T14", r#""""\\\""""#),
    ]))
    .build(stack, "Code");

    CfnResource::new(
        stack,
        "Joined",
        "Custom::Joined",
        json!({ "ServiceToken": "arn:aws:lambda:eu-west-1:111122223333:function:texts" }),
    );

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        r#"print("one line of code")
"#,
    )
    .build(stack, "P0");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        sub![
            r#"print("one line of code")
"#,
            pseudo::region(),
            r#"print("one line of code")
"#,
        ],
    )
    .build(stack, "S0");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        join(
            r#"print("one line of code")
"#,
            [
                value::<String>(
                    r#"print("one line of code")
"#,
                ),
                value::<String>(text),
                base64(sub![
                    r#"print("one line of code")
"#,
                    r#"print("one line of code")
"#,
                ]),
            ],
        ),
    )
    .build(stack, "J0");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        r"  indented first line
    more of it

	behind a tab
",
    )
    .build(stack, "P1");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        sub![
            r"  indented first line
    more of it

	behind a tab
",
            pseudo::region(),
            r"  indented first line
    more of it

	behind a tab
",
        ],
    )
    .build(stack, "S1");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        join(
            r"  indented first line
    more of it

	behind a tab
",
            [
                value::<String>(
                    r"  indented first line
    more of it

	behind a tab
",
                ),
                value::<String>(text),
                base64(sub![
                    r"  indented first line
    more of it

	behind a tab
",
                    r"  indented first line
    more of it

	behind a tab
",
                ]),
            ],
        ),
    )
    .build(stack, "J1");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        r"trailing blanks   
and \ backslashes \
end",
    )
    .build(stack, "P2");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        sub![
            r"trailing blanks   
and \ backslashes \
end",
            pseudo::region(),
            r"trailing blanks   
and \ backslashes \
end",
        ],
    )
    .build(stack, "S2");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        join(
            r"trailing blanks   
and \ backslashes \
end",
            [
                value::<String>(
                    r"trailing blanks   
and \ backslashes \
end",
                ),
                value::<String>(text),
                base64(sub![
                    r"trailing blanks   
and \ backslashes \
end",
                    r"trailing blanks   
and \ backslashes \
end",
                ]),
            ],
        ),
    )
    .build(stack, "J2");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        "\
lines of Windows\r\n\
second line\r\n",
    )
    .build(stack, "P3");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        sub![
            "\
lines of Windows\r\n\
second line\r\n",
            pseudo::region(),
            "\
lines of Windows\r\n\
second line\r\n",
        ],
    )
    .build(stack, "S3");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        join(
            "\
lines of Windows\r\n\
second line\r\n",
            [
                value::<String>(
                    "\
lines of Windows\r\n\
second line\r\n",
                ),
                value::<String>(text),
                base64(sub![
                    "\
lines of Windows\r\n\
second line\r\n",
                    "\
lines of Windows\r\n\
second line\r\n",
                ]),
            ],
        ),
    )
    .build(stack, "J3");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        "\
right to left \u{202e}mark\u{202c} here\n\
second line",
    )
    .build(stack, "P4");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        sub![
            "\
right to left \u{202e}mark\u{202c} here\n\
second line",
            pseudo::region(),
            "\
right to left \u{202e}mark\u{202c} here\n\
second line",
        ],
    )
    .build(stack, "S4");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        join(
            "\
right to left \u{202e}mark\u{202c} here\n\
second line",
            [
                value::<String>(
                    "\
right to left \u{202e}mark\u{202c} here\n\
second line",
                ),
                value::<String>(text),
                base64(sub![
                    "\
right to left \u{202e}mark\u{202c} here\n\
second line",
                    "\
right to left \u{202e}mark\u{202c} here\n\
second line",
                ]),
            ],
        ),
    )
    .build(stack, "J4");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        r###"quotes " and "# and r#"raw"# and "##
second line"###,
    )
    .build(stack, "P5");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        sub![
            r###"quotes " and "# and r#"raw"# and "##
second line"###,
            pseudo::region(),
            r###"quotes " and "# and r#"raw"# and "##
second line"###,
        ],
    )
    .build(stack, "S5");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        join(
            r###"quotes " and "# and r#"raw"# and "##
second line"###,
            [
                value::<String>(
                    r###"quotes " and "# and r#"raw"# and "##
second line"###,
                ),
                value::<String>(text),
                base64(sub![
                    r###"quotes " and "# and r#"raw"# and "##
second line"###,
                    r###"quotes " and "# and r#"raw"# and "##
second line"###,
                ]),
            ],
        ),
    )
    .build(stack, "J5");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        r"no line break at the end
last line",
    )
    .build(stack, "P6");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        sub![
            r"no line break at the end
last line",
            pseudo::region(),
            r"no line break at the end
last line",
        ],
    )
    .build(stack, "S6");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        join(
            r"no line break at the end
last line",
            [
                value::<String>(
                    r"no line break at the end
last line",
                ),
                value::<String>(text),
                base64(sub![
                    r"no line break at the end
last line",
                    r"no line break at the end
last line",
                ]),
            ],
        ),
    )
    .build(stack, "J6");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        r"


line breaks first
",
    )
    .build(stack, "P7");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        sub![
            r"


line breaks first
",
            pseudo::region(),
            r"


line breaks first
",
        ],
    )
    .build(stack, "S7");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        join(
            r"


line breaks first
",
            [
                value::<String>(
                    r"


line breaks first
",
                ),
                value::<String>(text),
                base64(sub![
                    r"


line breaks first
",
                    r"


line breaks first
",
                ]),
            ],
        ),
    )
    .build(stack, "J7");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        "\
emoji 😀, combined e\u{301}\n\
\u{301}zero\u{200b}width\u{a0}and wide\u{3000}blanks\n\
\u{3000}first",
    )
    .build(stack, "P8");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        sub![
            "\
emoji 😀, combined e\u{301}\n\
\u{301}zero\u{200b}width\u{a0}and wide\u{3000}blanks\n\
\u{3000}first",
            pseudo::region(),
            "\
emoji 😀, combined e\u{301}\n\
\u{301}zero\u{200b}width\u{a0}and wide\u{3000}blanks\n\
\u{3000}first",
        ],
    )
    .build(stack, "S8");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        join(
            "\
emoji 😀, combined e\u{301}\n\
\u{301}zero\u{200b}width\u{a0}and wide\u{3000}blanks\n\
\u{3000}first",
            [
                value::<String>(
                    "\
emoji 😀, combined e\u{301}\n\
\u{301}zero\u{200b}width\u{a0}and wide\u{3000}blanks\n\
\u{3000}first",
                ),
                value::<String>(text),
                base64(sub![
                    "\
emoji 😀, combined e\u{301}\n\
\u{301}zero\u{200b}width\u{a0}and wide\u{3000}blanks\n\
\u{3000}first",
                    "\
emoji 😀, combined e\u{301}\n\
\u{301}zero\u{200b}width\u{a0}and wide\u{3000}blanks\n\
\u{3000}first",
                ]),
            ],
        ),
    )
    .build(stack, "J8");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        r"// a comment
/* a block */
{ } ( ) [ ] ; , 'a' 'b
",
    )
    .build(stack, "P9");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        sub![
            r"// a comment
/* a block */
{ } ( ) [ ] ; , 'a' 'b
",
            pseudo::region(),
            r"// a comment
/* a block */
{ } ( ) [ ] ; , 'a' 'b
",
        ],
    )
    .build(stack, "S9");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        join(
            r"// a comment
/* a block */
{ } ( ) [ ] ; , 'a' 'b
",
            [
                value::<String>(
                    r"// a comment
/* a block */
{ } ( ) [ ] ; , 'a' 'b
",
                ),
                value::<String>(text),
                base64(sub![
                    r"// a comment
/* a block */
{ } ( ) [ ] ; , 'a' 'b
",
                    r"// a comment
/* a block */
{ } ( ) [ ] ; , 'a' 'b
",
                ]),
            ],
        ),
    )
    .build(stack, "J9");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        "\
bell \u{7} and delete \u{7f}\n\
second line",
    )
    .build(stack, "P10");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        sub![
            "\
bell \u{7} and delete \u{7f}\n\
second line",
            pseudo::region(),
            "\
bell \u{7} and delete \u{7f}\n\
second line",
        ],
    )
    .build(stack, "S10");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        join(
            "\
bell \u{7} and delete \u{7f}\n\
second line",
            [
                value::<String>(
                    "\
bell \u{7} and delete \u{7f}\n\
second line",
                ),
                value::<String>(text),
                base64(sub![
                    "\
bell \u{7} and delete \u{7f}\n\
second line",
                    "\
bell \u{7} and delete \u{7f}\n\
second line",
                ]),
            ],
        ),
    )
    .build(stack, "J10");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        r"continued \
  line \
\
",
    )
    .build(stack, "P11");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        sub![
            r"continued \
  line \
\
",
            pseudo::region(),
            r"continued \
  line \
\
",
        ],
    )
    .build(stack, "S11");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        join(
            r"continued \
  line \
\
",
            [
                value::<String>(
                    r"continued \
  line \
\
",
                ),
                value::<String>(text),
                base64(sub![
                    r"continued \
  line \
\
",
                    r"continued \
  line \
\
",
                ]),
            ],
        ),
    )
    .build(stack, "J11");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        r" 
  
   blanks only
 ",
    )
    .build(stack, "P12");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        sub![
            r" 
  
   blanks only
 ",
            pseudo::region(),
            r" 
  
   blanks only
 ",
        ],
    )
    .build(stack, "S12");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        join(
            r" 
  
   blanks only
 ",
            [
                value::<String>(
                    r" 
  
   blanks only
 ",
                ),
                value::<String>(text),
                base64(sub![
                    r" 
  
   blanks only
 ",
                    r" 
  
   blanks only
 ",
                ]),
            ],
        ),
    )
    .build(stack, "J12");

    ssm::CfnParameterProps::new(parameter::Type::STRING, "a\nb").build(stack, "P13");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        sub!["a\nb", pseudo::region(), "a\nb"],
    )
    .build(stack, "S13");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        join(
            "a\nb",
            [
                value::<String>("a\nb"),
                value::<String>(text),
                base64(sub!["a\nb", "a\nb"]),
            ],
        ),
    )
    .build(stack, "J13");

    ssm::CfnParameterProps::new(parameter::Type::STRING, r#""""\\\""""#).build(stack, "P14");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        sub![r#""""\\\""""#, pseudo::region(), r#""""\\\""""#],
    )
    .build(stack, "S14");

    ssm::CfnParameterProps::new(
        parameter::Type::STRING,
        join(
            r#""""\\\""""#,
            [
                value::<String>(r#""""\\\""""#),
                value::<String>(text),
                base64(sub![r#""""\\\""""#, r#""""\\\""""#]),
            ],
        ),
    )
    .build(stack, "J14");

    // Outputs
    Output::new(
        stack,
        "O0",
        value::<String>(
            r#"print("one line of code")
"#,
        ),
    )
    .description(
        r#"print("one line of code")
"#,
    );
    Output::new(
        stack,
        "O1",
        value::<String>(
            r"  indented first line
    more of it

	behind a tab
",
        ),
    )
    .description(
        r"  indented first line
    more of it

	behind a tab
",
    );
    Output::new(
        stack,
        "O2",
        value::<String>(
            r"trailing blanks   
and \ backslashes \
end",
        ),
    )
    .description(
        r"trailing blanks   
and \ backslashes \
end",
    );
    Output::new(
        stack,
        "O3",
        value::<String>(
            "\
lines of Windows\r\n\
second line\r\n",
        ),
    )
    .description(
        "\
lines of Windows\r\n\
second line\r\n",
    );
    Output::new(
        stack,
        "O4",
        value::<String>(
            "\
right to left \u{202e}mark\u{202c} here\n\
second line",
        ),
    )
    .description(
        "\
right to left \u{202e}mark\u{202c} here\n\
second line",
    );
    Output::new(
        stack,
        "O5",
        value::<String>(
            r###"quotes " and "# and r#"raw"# and "##
second line"###,
        ),
    )
    .description(
        r###"quotes " and "# and r#"raw"# and "##
second line"###,
    );
    Output::new(
        stack,
        "O6",
        value::<String>(
            r"no line break at the end
last line",
        ),
    )
    .description(
        r"no line break at the end
last line",
    );
    Output::new(
        stack,
        "O7",
        value::<String>(
            r"


line breaks first
",
        ),
    )
    .description(
        r"


line breaks first
",
    );
    Output::new(
        stack,
        "O8",
        value::<String>(
            "\
emoji 😀, combined e\u{301}\n\
\u{301}zero\u{200b}width\u{a0}and wide\u{3000}blanks\n\
\u{3000}first",
        ),
    )
    .description(
        "\
emoji 😀, combined e\u{301}\n\
\u{301}zero\u{200b}width\u{a0}and wide\u{3000}blanks\n\
\u{3000}first",
    );
    Output::new(
        stack,
        "O9",
        value::<String>(
            r"// a comment
/* a block */
{ } ( ) [ ] ; , 'a' 'b
",
        ),
    )
    .description(
        r"// a comment
/* a block */
{ } ( ) [ ] ; , 'a' 'b
",
    );
    Output::new(
        stack,
        "O10",
        value::<String>(
            "\
bell \u{7} and delete \u{7f}\n\
second line",
        ),
    )
    .description(
        "\
bell \u{7} and delete \u{7f}\n\
second line",
    );
    Output::new(
        stack,
        "O11",
        value::<String>(
            r"continued \
  line \
\
",
        ),
    )
    .description(
        r"continued \
  line \
\
",
    );
    Output::new(
        stack,
        "O12",
        value::<String>(
            r" 
  
   blanks only
 ",
        ),
    )
    .description(
        r" 
  
   blanks only
 ",
    );
    Output::new(stack, "O13", value::<String>("a\nb")).description("a\nb");
    Output::new(stack, "O14", value::<String>(r#""""\\\""""#)).description(r#""""\\\""""#);

    stack
}
