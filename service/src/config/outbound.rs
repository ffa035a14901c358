//! Restrictions of requests to addresses that users enter, such as webhooks.

use std::path::Path;

use ipnet::IpNet;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use super::reader::Reader;
use crate::outbound::{Networks, Settings};

pub(super) fn read_outbound(from: &mut Reader<'_>) -> Settings {
    let allowed: Vec<IpNet> = from.parse_list(
        "OUTBOUND_ALLOWED",
        "networks such as 10.1.0.0/16 or fd00:1::/64, separated by commas",
    );
    Settings {
        allowed: Networks::new(allowed),
        plain_http: from.parse_switch("OUTBOUND_HTTP", false),
        authorities: read_authorities(from),
        ..Settings::default()
    }
}

fn read_authorities(from: &mut Reader<'_>) -> Vec<CertificateDer<'static>> {
    let Some(path) = from.find_value("OUTBOUND_CA") else {
        return Vec::new();
    };
    let read: Option<Vec<_>> = CertificateDer::pem_file_iter(Path::new(path))
        .ok()
        .and_then(|found| found.collect::<Result<_, _>>().ok());
    let mut roots = rustls::RootCertStore::empty();
    let usable = |found: &Vec<CertificateDer<'static>>| {
        !found.is_empty() && found.iter().all(|one| roots.add(one.clone()).is_ok())
    };
    read.filter(usable).unwrap_or_else(|| {
        from.report_value(
            "OUTBOUND_CA",
            path,
            "the path of a PEM file with certificates",
        );
        Vec::new()
    })
}
