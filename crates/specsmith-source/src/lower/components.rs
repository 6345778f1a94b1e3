//! What a document defines by name, and what it says about itself.

use specsmith_ir::{Document as Meant, DocumentId, Home, Server, Status, WireName};

use super::body::Owner;
use super::fields::Kind;
use super::{Lowering, whole};
use crate::openapi;
use crate::specification::Document;

impl<'s> Lowering<'s> {
    /// What a document says about itself.
    pub(super) fn document(&mut self, id: DocumentId, document: &'s Document) {
        let scope = whole(id);
        let root = &document.root;
        let is_openapi = root.get("openapi").is_some();
        let mut meant = Meant {
            name: document.name.clone(),
            title: String::new(),
            version: String::new(),
            description: None,
            dialect: document.dialect,
            servers: Vec::new(),
            security_schemes: Vec::new(),
        };
        if is_openapi {
            self.entries(root, scope, Kind::Root);
            if let Some(dialect) = root
                .as_object()
                .and_then(|it| it.member("jsonSchemaDialect"))
            {
                let entry = self.entry(dialect, scope);
                self.dialect_keyword(entry);
            }
            if let Some(info) = root.get("info") {
                self.entries(info, scope, Kind::Info);
                if let Some(info) = self.typed(openapi::info(info), info, scope, Kind::Info) {
                    meant.title = info.title;
                    meant.version = info.version;
                    meant.description = info.description;
                }
            }
            for node in self.list(root, "servers", scope) {
                self.entries(node, scope, Kind::Server);
                if let Some(server) = self.typed(openapi::server(node), node, scope, Kind::Server) {
                    meant.servers.push(Server {
                        url: server.url,
                        description: server.description,
                    });
                }
            }
            meant.security_schemes = self.security_schemes(root, scope);
        }
        self.model.documents.push(meant);
    }

    /// The schemas that a document defines, and those inside its other components.
    pub(super) fn components(&mut self, id: DocumentId, document: &'s Document) {
        let scope = whole(id);
        if document.root.get("openapi").is_none() {
            return;
        }
        let Some(components) = document.root.get("components") else {
            return;
        };
        self.entries(components, scope, Kind::Components);
        for member in self
            .section(components, "schemas", scope)
            .into_iter()
            .flatten()
        {
            let schema = self.schema(&member.node, scope, Home::Definition(u32::MAX));
            let home = self.define(id, &member.key, schema);
            self.set_home(schema, home);
        }
        let owner = |section, name: &str| Owner::Component(id, section, WireName::from(name));
        for member in self
            .section(components, "parameters", scope)
            .into_iter()
            .flatten()
        {
            self.parameter(&member.node, scope, &owner("parameters", &member.key));
        }
        for member in self
            .section(components, "requestBodies", scope)
            .into_iter()
            .flatten()
        {
            self.request(&member.node, scope, &owner("requestBodies", &member.key));
        }
        for member in self
            .section(components, "responses", scope)
            .into_iter()
            .flatten()
        {
            let owner = owner("responses", &member.key);
            self.response(&member.node, scope, Status::Default, &owner);
        }
        for member in self
            .section(components, "headers", scope)
            .into_iter()
            .flatten()
        {
            let name = WireName::from(&*member.key);
            let home = Home::Component {
                document: id,
                section: "headers",
                name: name.clone(),
                media_type: None,
            };
            self.header(&member.node, scope, name, &home);
        }
    }
}
