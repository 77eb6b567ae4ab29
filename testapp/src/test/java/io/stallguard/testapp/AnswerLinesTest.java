package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Which events are made of the lines of a response. */
class AnswerLinesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void joinsTheDataOfAnEvent() throws IOException {
    read(
        Provider.ANTHROPIC,
        "event: delta\r\ndata: {\"delta\":\r\ndata: {\"text\":\"Hi\\nyou\"}}\r\n\r\n");

    assertThat(printed()).endsWith(" s  delta  \"Hi\\nyou\"\n");
  }

  @Test
  void ignoresCommentsAndAnEventWithoutItsEnd() throws IOException {
    read(Provider.OPENAI, ": comment\n\nid: 1\n\ndata: [DONE]\n\ndata: {\"choices\":");

    assertThat(printed()).hasLineCount(1).endsWith(" s  [DONE]\n");
  }

  @Test
  void takesEachLineOfJsonAsAnEvent() throws IOException {
    read(Provider.OLLAMA, "{\"message\":{\"content\":\"Hi\"},\"done\":false}\n\n{\"done\":true}\n");

    assertThat(printed().lines()).hasSize(2);
    assertThat(printed()).contains(" s  message  \"Hi\"\n").endsWith(" s  done\n");
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private void read(Provider provider, String body) throws IOException {
    PrintStream printer = new PrintStream(out, true, StandardCharsets.UTF_8);
    AnswerLines lines = new AnswerLines(provider, new Answer(printer, printer, ""));
    lines.readAll(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }
}
