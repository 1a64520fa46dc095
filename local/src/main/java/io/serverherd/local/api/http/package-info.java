/** HTTP and WebSocket over Netty: bytes to requests, replies to bytes. Knows nothing of Kubernetes but its media types. */
package io.serverherd.local.api.http;
