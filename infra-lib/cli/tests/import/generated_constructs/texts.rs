//! The stack `Texts`: 48 resources, converted by `import-template` from
//! `texts.json`.
//!
//! Crates: `infra-lib` (features `lambda`, `ssm`), `serde_json`.

use infra_lib::cfn::lambda::{self, function};
use infra_lib::intrinsics::{base64, equals, join};
use infra_lib::ssm::StringParameter;
use infra_lib::{
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

    let p0 = StringParameter::builder()
        .value(
            r#"print("one line of code")
"#,
        )
        .build(stack, "P0");
    p0.cfn().override_logical_id("P0");

    let s0 = StringParameter::builder()
        .value(sub![
            r#"print("one line of code")
"#,
            pseudo::region(),
            r#"print("one line of code")
"#,
        ])
        .build(stack, "S0");
    s0.cfn().override_logical_id("S0");

    let j0 = StringParameter::builder()
        .value(join(
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
        ))
        .build(stack, "J0");
    j0.cfn().override_logical_id("J0");

    let p1 = StringParameter::builder()
        .value(
            r"  indented first line
    more of it

	behind a tab
",
        )
        .build(stack, "P1");
    p1.cfn().override_logical_id("P1");

    let s1 = StringParameter::builder()
        .value(sub![
            r"  indented first line
    more of it

	behind a tab
",
            pseudo::region(),
            r"  indented first line
    more of it

	behind a tab
",
        ])
        .build(stack, "S1");
    s1.cfn().override_logical_id("S1");

    let j1 = StringParameter::builder()
        .value(join(
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
        ))
        .build(stack, "J1");
    j1.cfn().override_logical_id("J1");

    let p2 = StringParameter::builder()
        .value(
            r"trailing blanks   
and \ backslashes \
end",
        )
        .build(stack, "P2");
    p2.cfn().override_logical_id("P2");

    let s2 = StringParameter::builder()
        .value(sub![
            r"trailing blanks   
and \ backslashes \
end",
            pseudo::region(),
            r"trailing blanks   
and \ backslashes \
end",
        ])
        .build(stack, "S2");
    s2.cfn().override_logical_id("S2");

    let j2 = StringParameter::builder()
        .value(join(
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
        ))
        .build(stack, "J2");
    j2.cfn().override_logical_id("J2");

    let p3 = StringParameter::builder()
        .value(
            "\
lines of Windows\r\n\
second line\r\n",
        )
        .build(stack, "P3");
    p3.cfn().override_logical_id("P3");

    let s3 = StringParameter::builder()
        .value(sub![
            "\
lines of Windows\r\n\
second line\r\n",
            pseudo::region(),
            "\
lines of Windows\r\n\
second line\r\n",
        ])
        .build(stack, "S3");
    s3.cfn().override_logical_id("S3");

    let j3 = StringParameter::builder()
        .value(join(
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
        ))
        .build(stack, "J3");
    j3.cfn().override_logical_id("J3");

    let p4 = StringParameter::builder()
        .value(
            "\
right to left \u{202e}mark\u{202c} here\n\
second line",
        )
        .build(stack, "P4");
    p4.cfn().override_logical_id("P4");

    let s4 = StringParameter::builder()
        .value(sub![
            "\
right to left \u{202e}mark\u{202c} here\n\
second line",
            pseudo::region(),
            "\
right to left \u{202e}mark\u{202c} here\n\
second line",
        ])
        .build(stack, "S4");
    s4.cfn().override_logical_id("S4");

    let j4 = StringParameter::builder()
        .value(join(
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
        ))
        .build(stack, "J4");
    j4.cfn().override_logical_id("J4");

    let p5 = StringParameter::builder()
        .value(
            r###"quotes " and "# and r#"raw"# and "##
second line"###,
        )
        .build(stack, "P5");
    p5.cfn().override_logical_id("P5");

    let s5 = StringParameter::builder()
        .value(sub![
            r###"quotes " and "# and r#"raw"# and "##
second line"###,
            pseudo::region(),
            r###"quotes " and "# and r#"raw"# and "##
second line"###,
        ])
        .build(stack, "S5");
    s5.cfn().override_logical_id("S5");

    let j5 = StringParameter::builder()
        .value(join(
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
        ))
        .build(stack, "J5");
    j5.cfn().override_logical_id("J5");

    let p6 = StringParameter::builder()
        .value(
            r"no line break at the end
last line",
        )
        .build(stack, "P6");
    p6.cfn().override_logical_id("P6");

    let s6 = StringParameter::builder()
        .value(sub![
            r"no line break at the end
last line",
            pseudo::region(),
            r"no line break at the end
last line",
        ])
        .build(stack, "S6");
    s6.cfn().override_logical_id("S6");

    let j6 = StringParameter::builder()
        .value(join(
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
        ))
        .build(stack, "J6");
    j6.cfn().override_logical_id("J6");

    let p7 = StringParameter::builder()
        .value(
            r"


line breaks first
",
        )
        .build(stack, "P7");
    p7.cfn().override_logical_id("P7");

    let s7 = StringParameter::builder()
        .value(sub![
            r"


line breaks first
",
            pseudo::region(),
            r"


line breaks first
",
        ])
        .build(stack, "S7");
    s7.cfn().override_logical_id("S7");

    let j7 = StringParameter::builder()
        .value(join(
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
        ))
        .build(stack, "J7");
    j7.cfn().override_logical_id("J7");

    let p8 = StringParameter::builder()
        .value(
            "\
emoji 😀, combined e\u{301}\n\
\u{301}zero\u{200b}width\u{a0}and wide\u{3000}blanks\n\
\u{3000}first",
        )
        .build(stack, "P8");
    p8.cfn().override_logical_id("P8");

    let s8 = StringParameter::builder()
        .value(sub![
            "\
emoji 😀, combined e\u{301}\n\
\u{301}zero\u{200b}width\u{a0}and wide\u{3000}blanks\n\
\u{3000}first",
            pseudo::region(),
            "\
emoji 😀, combined e\u{301}\n\
\u{301}zero\u{200b}width\u{a0}and wide\u{3000}blanks\n\
\u{3000}first",
        ])
        .build(stack, "S8");
    s8.cfn().override_logical_id("S8");

    let j8 = StringParameter::builder()
        .value(join(
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
        ))
        .build(stack, "J8");
    j8.cfn().override_logical_id("J8");

    let p9 = StringParameter::builder()
        .value(
            r"// a comment
/* a block */
{ } ( ) [ ] ; , 'a' 'b
",
        )
        .build(stack, "P9");
    p9.cfn().override_logical_id("P9");

    let s9 = StringParameter::builder()
        .value(sub![
            r"// a comment
/* a block */
{ } ( ) [ ] ; , 'a' 'b
",
            pseudo::region(),
            r"// a comment
/* a block */
{ } ( ) [ ] ; , 'a' 'b
",
        ])
        .build(stack, "S9");
    s9.cfn().override_logical_id("S9");

    let j9 = StringParameter::builder()
        .value(join(
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
        ))
        .build(stack, "J9");
    j9.cfn().override_logical_id("J9");

    let p10 = StringParameter::builder()
        .value(
            "\
bell \u{7} and delete \u{7f}\n\
second line",
        )
        .build(stack, "P10");
    p10.cfn().override_logical_id("P10");

    let s10 = StringParameter::builder()
        .value(sub![
            "\
bell \u{7} and delete \u{7f}\n\
second line",
            pseudo::region(),
            "\
bell \u{7} and delete \u{7f}\n\
second line",
        ])
        .build(stack, "S10");
    s10.cfn().override_logical_id("S10");

    let j10 = StringParameter::builder()
        .value(join(
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
        ))
        .build(stack, "J10");
    j10.cfn().override_logical_id("J10");

    let p11 = StringParameter::builder()
        .value(
            r"continued \
  line \
\
",
        )
        .build(stack, "P11");
    p11.cfn().override_logical_id("P11");

    let s11 = StringParameter::builder()
        .value(sub![
            r"continued \
  line \
\
",
            pseudo::region(),
            r"continued \
  line \
\
",
        ])
        .build(stack, "S11");
    s11.cfn().override_logical_id("S11");

    let j11 = StringParameter::builder()
        .value(join(
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
        ))
        .build(stack, "J11");
    j11.cfn().override_logical_id("J11");

    let p12 = StringParameter::builder()
        .value(
            r" 
  
   blanks only
 ",
        )
        .build(stack, "P12");
    p12.cfn().override_logical_id("P12");

    let s12 = StringParameter::builder()
        .value(sub![
            r" 
  
   blanks only
 ",
            pseudo::region(),
            r" 
  
   blanks only
 ",
        ])
        .build(stack, "S12");
    s12.cfn().override_logical_id("S12");

    let j12 = StringParameter::builder()
        .value(join(
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
        ))
        .build(stack, "J12");
    j12.cfn().override_logical_id("J12");

    let p13 = StringParameter::builder().value("a\nb").build(stack, "P13");
    p13.cfn().override_logical_id("P13");

    let s13 = StringParameter::builder()
        .value(sub!["a\nb", pseudo::region(), "a\nb"])
        .build(stack, "S13");
    s13.cfn().override_logical_id("S13");

    let j13 = StringParameter::builder()
        .value(join(
            "a\nb",
            [
                value::<String>("a\nb"),
                value::<String>(text),
                base64(sub!["a\nb", "a\nb"]),
            ],
        ))
        .build(stack, "J13");
    j13.cfn().override_logical_id("J13");

    let p14 = StringParameter::builder()
        .value(r#""""\\\""""#)
        .build(stack, "P14");
    p14.cfn().override_logical_id("P14");

    let s14 = StringParameter::builder()
        .value(sub![r#""""\\\""""#, pseudo::region(), r#""""\\\""""#])
        .build(stack, "S14");
    s14.cfn().override_logical_id("S14");

    let j14 = StringParameter::builder()
        .value(join(
            r#""""\\\""""#,
            [
                value::<String>(r#""""\\\""""#),
                value::<String>(text),
                base64(sub![r#""""\\\""""#, r#""""\\\""""#]),
            ],
        ))
        .build(stack, "J14");
    j14.cfn().override_logical_id("J14");

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
