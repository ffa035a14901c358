//! The email that reminds a user of a note, with a link to stop these emails.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::shorten_title;
use crate::mail::OutgoingMail;
use crate::store::deliveries::{Destination, PreparedDelivery};

/// Writes the email of a reminder, with links to the page at this origin. Returns `None` if the reminder goes to a browser rather than to an email
/// address.
pub(super) fn write_letter(page: &str, parcel: &PreparedDelivery) -> Option<OutgoingMail> {
    let Destination::Address {
        email,
        username,
        unsubscribe_key,
    } = &parcel.to
    else {
        return None;
    };
    let token = URL_SAFE_NO_PAD.encode(unsubscribe_key);
    let title = parcel.title.as_deref().map(one_line).unwrap_or_default();
    let (subject, about) = if title.is_empty() {
        ("A reminder".to_owned(), "one of your notes".to_owned())
    } else {
        (
            format!("Reminder: {title}"),
            format!("\u{201c}{title}\u{201d}"),
        )
    };
    let at = parcel.reminder_at.format("%Y-%m-%d %H:%M UTC");
    let text = format!(
        "Hello {username},\n\n\
         this is your reminder of {about}, due at {at}:\n\n\
         {page}/?note={}\n\n\
         To unsubscribe from these mails, open {page}/unsubscribe#token={token}\n\
         or change the settings for reminders.\n",
        parcel.note
    );
    Some(OutgoingMail {
        to: email.clone(),
        subject: subject.into(),
        text,
        unsubscribe: Some(format!("{page}/api/unsubscribe/{token}")),
    })
}

/// Replaces control characters by spaces, so that a title stays on one line, and shortens it.
fn one_line(title: &str) -> String {
    let title: String = title
        .chars()
        .map(|char| if char.is_control() { ' ' } else { char })
        .collect();
    shorten_title(title.trim())
}
