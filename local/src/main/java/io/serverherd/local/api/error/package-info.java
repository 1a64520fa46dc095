/** What the API answers when it refuses: codes, reasons and the messages that users of kubectl know. */
package io.serverherd.local.api.error;
