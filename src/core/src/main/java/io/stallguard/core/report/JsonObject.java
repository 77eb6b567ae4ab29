package io.stallguard.core.report;

/** Writes one JSON object on one line, in ASCII. One thread. */
final class JsonObject {
  private static final char FIRST_PRINTABLE = ' ';
  private static final char LAST_ASCII = '~';

  private final StringBuilder text = new StringBuilder(1024).append('{');

  JsonObject text(String name, String value) {
    name(name);
    string(value);
    return this;
  }

  JsonObject number(String name, long value) {
    name(name);
    text.append(value);
    return this;
  }

  /** Adds a length, as seconds with three decimals. */
  JsonObject seconds(String name, long nanos) {
    name(name);
    long millis = Math.round(Math.max(0, nanos) / 1e6);
    text.append(millis / 1000).append('.').append(String.valueOf(1000 + millis % 1000), 1, 4);
    return this;
  }

  JsonObject texts(String name, Object[] values) {
    name(name);
    text.append('[');
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : ",");
      string(String.valueOf(values[i]));
    }
    text.append(']');
    return this;
  }

  private void name(String name) {
    text.append(text.length() == 1 ? "" : ",");
    string(name);
    text.append(':');
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < FIRST_PRINTABLE || c > LAST_ASCII) {
        text.append("\\u").append(Integer.toHexString(0x10000 + c), 1, 5);
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  /** The whole object. */
  String end() {
    return text.append('}').toString();
  }
}
