//! Amazon CloudFront: a private bucket and an API behind one distribution.
