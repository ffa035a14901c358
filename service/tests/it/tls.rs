//! Tests of TLS to the database: encryption, and verification of the server.

use std::path::Path;

use notes_service::config::Config;
use notes_service::error::{Code, Error};
use notes_service::store::connect::{Purpose, connect_database};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use crate::support::Site;

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority() -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    Authority::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

#[tokio::test]
#[ignore = "changes the configuration of the database server: scripts/test chaos"]
async fn verifies_certificate_of_database_server() {
    let site = Site::postgres().await.expect("a server to configure");
    let folder = tempfile::tempdir().unwrap();
    let (ours, stranger) = (authority(), authority());
    let file = |name: &str, authority: &Authority| {
        let path = folder.path().join(name);
        std::fs::write(&path, authority.pem()).unwrap();
        path
    };
    let (ours_file, stranger_file) = (file("ours.pem", &ours), file("stranger.pem", &stranger));
    speak_tls(&site.open().await, &ours).await;

    let localhost = site.url.replace("@127.0.0.1:", "@localhost:");
    let number = site.url.clone();
    for (url, tls, authorities, encrypted) in [
        (&localhost, "verify-full", Some(&ours_file), Some(true)),
        // Another name than the certificate's.
        (&number, "verify-full", Some(&ours_file), None),
        // Signed by somebody else.
        (&localhost, "verify-full", Some(&stranger_file), None),
        // By nobody whom everybody trusts.
        (&localhost, "verify-full", None, None),
        (&number, "require", None, Some(true)),
        (&number, "disable", None, Some(false)),
    ] {
        let found = is_encrypted(url, tls, authorities.map(|path| &**path)).await;
        let shown = format!("{url} {tls} {authorities:?}: {found:?}");
        match encrypted {
            Some(encrypted) => assert_eq!(found.ok(), Some(encrypted), "{shown}"),
            None => assert_eq!(found.unwrap_err().code(), Code::Unavailable, "{shown}"),
        }
    }
}

/// Configures a certificate for `localhost`. The server writes the files, because only its user may own and read the key.
async fn speak_tls(db: &DatabaseConnection, authority: &Authority) {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, authority).unwrap();
    let run = async |text: &str| db.execute_unprepared(text).await.unwrap();
    for (name, pem) in [
        ("tls.crt", certificate.pem()),
        ("tls.key", key.serialize_pem()),
    ] {
        run(&format!(
            "COPY (SELECT unnest(string_to_array('{pem}', E'\\n'))) TO PROGRAM 'umask 077; cat > {name}'"
        ))
        .await;
    }
    for setting in [
        "ssl_cert_file = 'tls.crt'",
        "ssl_key_file = 'tls.key'",
        "ssl = on",
    ] {
        run(&format!("ALTER SYSTEM SET {setting}")).await;
    }
    run("SELECT pg_reload_conf()").await;
    // The signal takes a moment to arrive.
    for _ in 0..100 {
        let shown = Statement::from_string(db.get_database_backend(), "SHOW ssl");
        let row = db.query_one_raw(shown).await.unwrap().unwrap();
        if row.try_get_by_index::<String>(0).unwrap() == "on" {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the server does not speak TLS");
}

/// Returns true if the service encrypts its connection to the database.
async fn is_encrypted(url: &str, tls: &str, authorities: Option<&Path>) -> Result<bool, Error> {
    let mut variables = vec![
        ("DATABASE_URL".to_owned(), url.to_owned()),
        ("DB_TLS".to_owned(), tls.to_owned()),
    ];
    if let Some(path) = authorities {
        variables.push(("DB_TLS_CA".to_owned(), path.display().to_string()));
    }
    let config = Config::from_variables(&variables.into_iter().collect()).unwrap();
    let db = connect_database(&config.database, Purpose::Serving).await?;
    let ask = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), ask))
        .await?
        .expect("a connection");
    Ok(row.try_get_by_index(0)?)
}
