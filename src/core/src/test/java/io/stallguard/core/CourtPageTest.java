package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of the cases says what their files say, and what becomes of them. */
class CourtPageTest {
  private static final Path PAGE = Path.of("..", "docs", "court.md");

  @Test
  void saysWhatTheCasesSay() throws IOException {
    if ("write".equals(System.getProperty("court.page"))) {
      Files.writeString(PAGE, CourtPage.text());
    }

    assertThat(PAGE).hasContent(CourtPage.text());
  }
}
