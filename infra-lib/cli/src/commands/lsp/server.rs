//! Implements the protocol: reads messages, holds the open documents, and answers requests about them.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

use gen_lsp_types::{
    CodeActionParams, CodeActionProvider, CodeActionRequest, CodeActionResponse, CompletionOptions,
    CompletionParams, CompletionRequest, CompletionResponse, Contents, Definition,
    DefinitionParams, DefinitionProvider, DefinitionRequest, DefinitionResponse,
    DidChangeTextDocumentNotification, DidChangeTextDocumentParams,
    DidCloseTextDocumentNotification, DidCloseTextDocumentParams, DidOpenTextDocumentNotification,
    DidOpenTextDocumentParams, DidSaveTextDocumentNotification, DidSaveTextDocumentParams,
    DocumentSymbolParams, DocumentSymbolProvider, DocumentSymbolRequest, DocumentSymbolResponse,
    Hover, HoverParams, HoverProvider, HoverRequest, InitializeResult, Location,
    LogMessageNotification, LogMessageParams, MarkupContent, MarkupKind, MessageType,
    Notification as Notify, PublishDiagnosticsNotification, PublishDiagnosticsParams, Range,
    Request as Ask, Save, ServerCapabilities, ServerInfo, TextDocumentContentChangeEvent,
    TextDocumentPositionParams, TextDocumentSync, TextDocumentSyncKind, TextDocumentSyncOptions,
    Uri,
};
use infra_check::baseline::Baseline;
use infra_check::files::is_template;
use infra_check::{Report, check_text};
use infra_template::read_tree;
use infra_yaml::Node;
use lsp_server::{ErrorCode, Message, Notification, Request, Response};
use serde_json::Value as JsonValue;

use super::actions::list_actions;
use super::complete::list_completions;
use super::define::{Cursor, find_declaration};
use super::diagnostics::convert_finding;
use super::hover::describe_place;
use super::outline::list_symbols;
use super::place::{Place, find_place};
use super::text::{Document, Lines};
use super::{CheckSettings, Job, uri};
use crate::ExitCode;
use crate::process::{Protocol, duplicate_standard_output};

/// Endings of documents whose changes can change what the app synthesizes.
const APP_ENDINGS: [&str; 2] = [".rs", ".toml"];

/// Messages to the editor. They are written by a thread of their own, in the order in which they are sent.
#[derive(Clone, Debug)]
pub(super) struct Output(mpsc::Sender<Message>);

impl Output {
    /// Starts the thread that writes. It ends with the last clone of the output, and returns the text for a test.
    pub(super) fn open(is_script: bool) -> io::Result<(Self, thread::JoinHandle<Vec<u8>>)> {
        let (sender, messages) = mpsc::channel::<Message>();
        let mut standard = (!is_script).then(duplicate_standard_output).transpose()?;
        let writer = thread::Builder::new()
            .name("lsp-output".to_owned())
            .spawn(move || {
                let mut written = Vec::new();
                for message in messages {
                    let done = match &mut standard {
                        Some(stream) => {
                            let mut frame = Vec::new();
                            message
                                .write(&mut frame)
                                .and_then(|()| stream.write_all(&frame))
                        }
                        None => message.write(&mut written),
                    };
                    // The editor has closed its side.
                    if done.is_err() {
                        break;
                    }
                }
                written
            })?;
        Ok((Self(sender), writer))
    }

    fn send(&self, message: Message) {
        // The writer has ended only if the editor has.
        let _ = self.0.send(message);
    }

    fn notify<N: Notify>(&self, params: N::Params) {
        let method = String::from(N::METHOD);
        let params = serde_json::to_value(params).unwrap_or_default();
        self.send(Notification { method, params }.into());
    }

    pub(super) fn publish(&self, params: PublishDiagnosticsParams) {
        self.notify::<PublishDiagnosticsNotification>(params);
    }

    pub(super) fn log(&self, kind: MessageType, message: impl Into<String>) {
        let message = message.into();
        self.notify::<LogMessageNotification>(LogMessageParams { kind, message });
    }
}

/// Serves until the editor sends `exit` or closes its stream.
pub(super) fn serve_protocol(
    protocol: Protocol,
    directory: &Path,
    output: Output,
    jobs: &mpsc::Sender<Job>,
) -> Result<ExitCode, String> {
    let mut server = Server {
        output,
        jobs,
        folder: directory.to_owned(),
        settings: CheckSettings::default(),
        accepted: None,
        documents: BTreeMap::new(),
        is_initialized: false,
        is_shut_down: false,
    };
    match protocol {
        Protocol::Streams => server.read_messages(&mut BufReader::new(io::stdin())),
        Protocol::Script(input) => server.read_messages(&mut &*input),
    }
}

struct Server<'a> {
    output: Output,
    jobs: &'a mpsc::Sender<Job>,
    /// Folder of the workspace, or the working folder.
    folder: PathBuf,
    settings: CheckSettings,
    /// Accepted findings, and the folder that its files are relative to.
    accepted: Option<(Baseline, PathBuf)>,
    documents: BTreeMap<String, Document>,
    is_initialized: bool,
    is_shut_down: bool,
}

impl Server<'_> {
    fn read_messages(&mut self, input: &mut impl BufRead) -> Result<ExitCode, String> {
        loop {
            match Message::read(input).map_err(|error| error.to_string())? {
                None => return Ok(ExitCode::Ok),
                Some(Message::Request(request)) => {
                    let id = request.id.clone();
                    let response = match self.answer_request(request) {
                        Ok(result) => Response::new_ok(id, result),
                        Err((code, message)) => Response::new_err(id, code as i32, message),
                    };
                    self.output.send(response.into());
                }
                Some(Message::Notification(notification)) => {
                    if notification.method == "exit" {
                        // An exit without `shutdown` is an error of the editor, by the protocol.
                        let code = if self.is_shut_down {
                            ExitCode::Ok
                        } else {
                            ExitCode::Error
                        };
                        return Ok(code);
                    }
                    self.receive_notification(notification);
                }
                // The server asks nothing.
                Some(Message::Response(_)) => {}
            }
        }
    }

    fn answer_request(&mut self, request: Request) -> Result<JsonValue, (ErrorCode, String)> {
        let Request {
            id: _,
            method,
            params,
        } = request;
        if method == "initialize" {
            return Ok(self.initialize(&params));
        }
        if !self.is_initialized {
            let message = "the first request must be `initialize`".to_owned();
            return Err((ErrorCode::ServerNotInitialized, message));
        }
        if method == "shutdown" {
            self.is_shut_down = true;
            return Ok(JsonValue::Null);
        }
        if self.is_shut_down {
            let message = "the server has been shut down".to_owned();
            return Err((ErrorCode::InvalidRequest, message));
        }
        let answer = if method == String::from(HoverRequest::METHOD) {
            let params: HoverParams = parse(&method, params)?;
            to_json(self.hover(&params.text_document_position_params))
        } else if method == String::from(CompletionRequest::METHOD) {
            let params: CompletionParams = parse(&method, params)?;
            to_json(self.complete(&params.text_document_position_params))
        } else if method == String::from(DefinitionRequest::METHOD) {
            let params: DefinitionParams = parse(&method, params)?;
            to_json(self.define(&params.text_document_position_params))
        } else if method == String::from(DocumentSymbolRequest::METHOD) {
            let params: DocumentSymbolParams = parse(&method, params)?;
            to_json(self.outline(&params.text_document.uri))
        } else if method == String::from(CodeActionRequest::METHOD) {
            let params: CodeActionParams = parse(&method, params)?;
            to_json(self.list_fixes(&params.text_document.uri, params.range))
        } else {
            let message = format!("the method `{method}` is not supported");
            return Err((ErrorCode::MethodNotFound, message));
        };
        Ok(answer)
    }

    fn initialize(&mut self, params: &JsonValue) -> JsonValue {
        let find = |pointer: &str| params.pointer(pointer).and_then(JsonValue::as_str);
        let root = find("/workspaceFolders/0/uri").or_else(|| find("/rootUri"));
        if let Some(folder) = root.and_then(|root| uri::to_path(&Uri(root.to_owned()))) {
            self.folder = folder;
        }
        self.is_initialized = true;
        self.load_settings();
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::Full),
            save: Some(Save::Bool(true)),
            ..TextDocumentSyncOptions::default()
        };
        let triggers = [".", ":", "{", " ", "\""].map(str::to_owned);
        let capabilities = ServerCapabilities {
            text_document_sync: Some(TextDocumentSync::Options(sync)),
            completion_provider: Some(CompletionOptions {
                trigger_characters: Some(triggers.to_vec()),
                ..CompletionOptions::default()
            }),
            hover_provider: Some(HoverProvider::Bool(true)),
            definition_provider: Some(DefinitionProvider::Bool(true)),
            code_action_provider: Some(CodeActionProvider::Bool(true)),
            document_symbol_provider: Some(DocumentSymbolProvider::Bool(true)),
            ..ServerCapabilities::default()
        };
        to_json(InitializeResult {
            capabilities,
            server_info: Some(ServerInfo {
                name: "infra".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    /// Reads `[check]` of `infra.toml` and its baseline. Problems are logged, and the checks go on without settings.
    fn load_settings(&mut self) {
        let (reply, settings) = mpsc::channel();
        let asked = self
            .jobs
            .send(Job::LoadSettings(self.folder.clone(), reply));
        let loaded = match asked.ok().and_then(|()| settings.recv().ok()) {
            Some(Ok(settings)) => settings,
            Some(Err(problem)) => {
                self.output.log(MessageType::Error, problem);
                CheckSettings::default()
            }
            None => CheckSettings::default(),
        };
        self.accepted = loaded.baseline.as_ref().and_then(|file| {
            let base = file.parent()?.to_owned();
            let text = std::fs::read_to_string(file).ok()?;
            Some((Baseline::parse(&text).ok()?, base))
        });
        self.settings = loaded;
    }

    fn receive_notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        let is = |expected: String| method == expected;
        let read = if method == "initialized" {
            self.validate_app();
            Some(())
        } else if is(DidOpenTextDocumentNotification::METHOD.into()) {
            serde_json::from_value(params)
                .ok()
                .map(|params: DidOpenTextDocumentParams| {
                    let opened = params.text_document;
                    self.update_document(opened.uri, opened.version, opened.text);
                })
        } else if is(DidChangeTextDocumentNotification::METHOD.into()) {
            serde_json::from_value(params)
                .ok()
                .map(|params: DidChangeTextDocumentParams| self.change_document(params))
        } else if is(DidSaveTextDocumentNotification::METHOD.into()) {
            serde_json::from_value(params)
                .ok()
                .map(|params: DidSaveTextDocumentParams| {
                    self.save_document(&params.text_document.uri);
                })
        } else if is(DidCloseTextDocumentNotification::METHOD.into()) {
            serde_json::from_value(params)
                .ok()
                .map(|params: DidCloseTextDocumentParams| {
                    self.close_document(params.text_document.uri);
                })
        } else {
            // Notifications that are not supported are ignored, by the protocol.
            Some(())
        };
        if read.is_none() {
            let message = format!("the parameters of `{method}` are not valid");
            self.output.log(MessageType::Error, message);
        }
    }

    fn change_document(&mut self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        // The server announces whole documents, so that the last change is the text.
        let last = params.content_changes.into_iter().next_back();
        if let Some(TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole)) =
            last
        {
            let uri = document.text_document_identifier.uri;
            self.update_document(uri, document.version, whole.text);
        }
    }

    fn update_document(&mut self, uri: Uri, version: i32, text: String) {
        let key = uri.0.clone();
        let document = Document { uri, version, text };
        self.documents.insert(key.clone(), document);
        self.check_document(&key);
    }

    fn save_document(&mut self, uri: &Uri) {
        if uri.0.ends_with("/infra.toml") {
            self.load_settings();
            let open: Vec<String> = self.documents.keys().cloned().collect();
            for key in &open {
                self.check_document(key);
            }
        }
        if APP_ENDINGS.iter().any(|ending| uri.0.ends_with(ending)) {
            self.validate_app();
        }
    }

    fn close_document(&mut self, uri: Uri) {
        if let Some(document) = self.documents.remove(&uri.0)
            && is_template_document(&document)
        {
            self.output.publish(PublishDiagnosticsParams {
                uri,
                version: None,
                diagnostics: Vec::new(),
            });
        }
    }

    fn validate_app(&self) {
        // The thread of the command ends after this one.
        let _ = self.jobs.send(Job::ValidateApp(self.folder.clone()));
    }

    /// Checks an open document, and publishes its findings.
    fn check_document(&self, key: &str) {
        let Some(document) = self.documents.get(key) else {
            return;
        };
        if !is_template_document(document) {
            return;
        }
        let report = self.check(document);
        let lines = Lines::new(&document.text);
        let findings = report.findings.iter();
        let diagnostics = findings.map(|finding| convert_finding(finding, &document.uri, lines));
        self.output.publish(PublishDiagnosticsParams {
            uri: document.uri.clone(),
            version: Some(document.version),
            diagnostics: diagnostics.collect(),
        });
    }

    /// Returns the findings of a template that the settings do not exclude or accept.
    fn check(&self, document: &Document) -> Report {
        let path = uri::to_path(&document.uri);
        let is_excluded = path.as_ref().is_some_and(|path| {
            let mut excluded = self.settings.excluded.iter();
            excluded.any(|excluded| path.starts_with(excluded))
        });
        if is_excluded {
            return Report::default();
        }
        let name = path
            .as_ref()
            .map_or_else(|| document.uri.0.clone(), |path| path.display().to_string());
        let mut report = check_text(&name, &document.text, &self.settings.options);
        if let Some((baseline, base)) = &self.accepted {
            baseline.remove_accepted(&mut report, |name| {
                let relative = Path::new(name).strip_prefix(base);
                let shown = relative.unwrap_or(Path::new(name)).display().to_string();
                shown.replace('\\', "/")
            });
        }
        report
    }

    fn hover(&self, at: &TextDocumentPositionParams) -> Option<Hover> {
        self.at_place(at, |root, place, cursor, lines| {
            let (value, span) = describe_place(root, place, cursor)?;
            Some(Hover {
                contents: Contents::MarkupContent(MarkupContent {
                    kind: MarkupKind::Markdown,
                    value,
                }),
                range: Some(lines.span_to_range(span)),
            })
        })
    }

    fn define(&self, at: &TextDocumentPositionParams) -> Option<DefinitionResponse> {
        self.at_place(at, |root, place, cursor, lines| {
            let (_, declared) = find_declaration(root, place, cursor)?;
            let location = Location {
                uri: at.text_document.uri.clone(),
                range: lines.span_to_range(declared.key_span),
            };
            Some(DefinitionResponse::Definition(Definition::Location(
                location,
            )))
        })
    }

    fn complete(&self, at: &TextDocumentPositionParams) -> Option<CompletionResponse> {
        let document = self.template(&at.text_document.uri)?;
        let items = list_completions(&document.text, at.position);
        Some(CompletionResponse::CompletionItemList(items))
    }

    fn outline(&self, uri: &Uri) -> Option<DocumentSymbolResponse> {
        let document = self.template(uri)?;
        let root = read_tree(&document.text).ok()?;
        let symbols = list_symbols(&root, Lines::new(&document.text));
        Some(DocumentSymbolResponse::DocumentSymbolList(symbols))
    }

    fn list_fixes(&self, uri: &Uri, range: Range) -> Option<Vec<CodeActionResponse>> {
        let document = self.template(uri)?;
        let report = self.check(document);
        let actions = list_actions(&report, uri, Lines::new(&document.text), range).into_iter();
        Some(actions.map(CodeActionResponse::CodeAction).collect())
    }

    fn template(&self, uri: &Uri) -> Option<&Document> {
        let document = self.documents.get(&uri.0)?;
        is_template_document(document).then_some(document)
    }

    /// Calls `work` with the place under the cursor.
    fn at_place<T>(
        &self,
        at: &TextDocumentPositionParams,
        work: impl FnOnce(&Node, &Place<'_>, Cursor<'_>, Lines<'_>) -> Option<T>,
    ) -> Option<T> {
        let document = self.template(&at.text_document.uri)?;
        let root = read_tree(&document.text).ok()?;
        let lines = Lines::new(&document.text);
        let offset = lines.to_offset(at.position);
        let start = document.text[..offset].rfind('\n').map_or(0, |end| end + 1);
        let cursor = Cursor {
            line: document.text[start..].lines().next().unwrap_or_default(),
            offset: offset - start,
        };
        let place = find_place(&root, lines.to_text_position(at.position))?;
        work(&root, &place, cursor, lines)
    }
}

/// Returns `true` for a document that is, or becomes, a template.
fn is_template_document(document: &Document) -> bool {
    let name = document.uri.0.to_lowercase();
    let is_named = [
        ".template",
        ".template.json",
        ".template.yaml",
        ".template.yml",
    ]
    .iter()
    .any(|ending| name.ends_with(ending));
    let is_data = [".json", ".yaml", ".yml"]
        .iter()
        .any(|ending| name.ends_with(ending));
    let text = &document.text;
    is_named || is_data && (text.contains("AWSTemplateFormatVersion") || is_template(text))
}

fn to_json(value: impl serde::Serialize) -> JsonValue {
    serde_json::to_value(value).unwrap_or_default()
}

fn parse<T: serde::de::DeserializeOwned>(
    method: &str,
    params: JsonValue,
) -> Result<T, (ErrorCode, String)> {
    serde_json::from_value(params).map_err(|error| {
        let message = format!("the parameters of `{method}` are not valid: {error}");
        (ErrorCode::InvalidParams, message)
    })
}
