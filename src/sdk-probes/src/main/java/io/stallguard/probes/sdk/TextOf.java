package io.stallguard.probes.sdk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The pieces of text in Anthropic's events, for apps that are handed events as they are. */
final class TextOf {
  private static final Pattern TEXT = Pattern.compile("\"text_delta\",\"text\":\"([^\"]*)\"");

  private TextOf() {}

  /** Empty if the data is of another event, or null. */
  static String data(@Nullable String data) {
    Matcher matcher = TEXT.matcher(data == null ? "" : data);
    return matcher.find() ? matcher.group(1) : "";
  }
}
