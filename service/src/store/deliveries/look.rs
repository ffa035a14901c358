//! Conversion of one database row to a delivery with everything that its attempt needs.

use chrono::{DateTime, Utc};
use sea_orm::QueryResult;
use uuid::Uuid;

use super::{DeliveryDecision, Destination, LIFETIME, PreparedDelivery};
use crate::clock;
use crate::domain::note::Place;
use crate::error::Error;
use crate::push::Browser;
use crate::push::encryption::BrowserKeys;
use crate::store::reminder_settings::{self, DeliveryMode};

/// Reads the row of [`crate::store::Store::look_at`], and decides if the delivery is still wanted.
pub(super) fn decide_delivery(row: &QueryResult) -> Result<DeliveryDecision, Error> {
    let now = clock::now();
    let fired_at: DateTime<Utc> = row.try_get_by_index(3)?;
    let unless_open: bool = row.try_get_by_index(4)?;
    if now - fired_at > LIFETIME {
        return Ok(DeliveryDecision::Drop("old"));
    }
    if row.try_get_by_index::<i16>(5)? == Place::Trash.to_db() {
        return Ok(DeliveryDecision::Drop("trashed"));
    }
    if unless_open && row.try_get_by_index::<bool>(19)? {
        return Ok(DeliveryDecision::Drop("open"));
    }
    let disabled: Option<DateTime<Utc>> = row.try_get_by_index(13)?;
    let subscription: Option<Uuid> = row.try_get_by_index(6)?;
    let default = reminder_settings::Settings::default();
    let when = |column| -> Result<Option<DeliveryMode>, Error> {
        let number: Option<i16> = row.try_get_by_index(column)?;
        Ok(number.map(DeliveryMode::from_db))
    };
    let wanted = if subscription.is_some() {
        when(15)?.unwrap_or(default.push)
    } else {
        when(16)?.unwrap_or(default.mail)
    };
    if wanted == DeliveryMode::Off || disabled.is_some() {
        return Ok(DeliveryDecision::Drop("off"));
    }
    let to = if subscription.is_some() {
        decode_browser(row, now)?.map(Destination::Browser)
    } else {
        decode_address(row)?
    };
    let Some(to) = to else {
        return Ok(DeliveryDecision::Drop("nowhere"));
    };
    let shows: Option<bool> = row.try_get_by_index(17)?;
    let title: String = row.try_get_by_index(1)?;
    Ok(DeliveryDecision::Attempt(Box::new(PreparedDelivery {
        note: row.try_get_by_index(0)?,
        title: Some(title).filter(|_| shows.unwrap_or(default.shows_title)),
        reminder_at: row.try_get_by_index(2)?,
        fired_at,
        to,
    })))
}

/// Returns the browser, if its session has not expired.
fn decode_browser(row: &QueryResult, now: DateTime<Utc>) -> Result<Option<Browser>, Error> {
    let expires: Option<DateTime<Utc>> = row.try_get_by_index(10)?;
    let endpoint: Option<String> = row.try_get_by_index(7)?;
    let key: Option<Vec<u8>> = row.try_get_by_index(8)?;
    let auth: Option<Vec<u8>> = row.try_get_by_index(9)?;
    let (Some(endpoint), Some(key), Some(auth)) = (endpoint, key, auth) else {
        return Ok(None);
    };
    let keys = key.try_into().ok().zip(auth.try_into().ok());
    Ok(keys
        .filter(|_| expires.is_some_and(|expires| expires > now))
        .map(|(p256dh, auth)| Browser {
            endpoint,
            keys: BrowserKeys { p256dh, auth },
        }))
}

/// Returns the email address, if it is verified.
fn decode_address(row: &QueryResult) -> Result<Option<Destination>, Error> {
    let verified: Option<DateTime<Utc>> = row.try_get_by_index(12)?;
    let email: Option<String> = row.try_get_by_index(11)?;
    let key: Option<Vec<u8>> = row.try_get_by_index(18)?;
    let username: String = row.try_get_by_index(14)?;
    Ok(email
        .filter(|_| verified.is_some())
        .zip(key)
        .map(|(email, unsubscribe_key)| Destination::Address {
            email,
            username,
            unsubscribe_key,
        }))
}
