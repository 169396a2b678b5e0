#pragma once

namespace seedbook::test {

// A server's own certificate for 127.0.0.1, signed by nobody, valid to 2119. It guards nothing.
inline constexpr const char* serverKey = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXozwC2xFZQoJmxyK
K7VzQeXFtR48ryPW6sWq/apuIhahRANCAARJFjOjBpzathZSKZ+yVdU/mQAOXdDM
80FlzoVNKmkXvllf749XWoQJMaspK66BNiVapqcxtvkB6hl7w6VXHfS/
-----END PRIVATE KEY-----
)";
inline constexpr const char* serverCertificate = R"(-----BEGIN CERTIFICATE-----
MIIBXDCCAQKgAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAkxMjcuMC4w
LjEwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CTEyNy4wLjAuMTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABEkWM6MGnNq2FlIp
n7JV1T+ZAA5d0MzzQWXOhU0qaRe+WV/vj1dahAkxqykrroE2JVqmpzG2+QHqGXvD
pVcd9L+jQzBBMA8GA1UdEQQIMAaHBH8AAAEwDwYDVR0TAQH/BAUwAwEB/zAdBgNV
HQ4EFgQU/lp6L9rICZRo11uwah6wHGDBhg0wCgYIKoZIzj0EAwIDSAAwRQIgFfx1
ZTQKxy8MByJP392KylmXApN0wb8lBYjVq+P+NskCIQDApQ9RYKf434WXAS+saYx1
CVGQ1Nko16geXwg4FuSEkQ==
-----END CERTIFICATE-----
)";

} // namespace seedbook::test
