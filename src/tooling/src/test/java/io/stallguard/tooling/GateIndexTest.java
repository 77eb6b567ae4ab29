package io.stallguard.tooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateIndexTest {
  @Test
  void knowsEachTypeAndItsModule() throws IOException {
    GateIndex index = index("one a.One x/A\none a.One x/B$C\n\ntwo b.Two y/D\n");

    assertThat(index.modules()).containsExactlyInAnyOrder("one", "two");
    assertThat(index.entries("x/B$C")).singleElement().matches(one -> one.module().equals("one"));
    assertThat(index.entries("y/D"))
        .singleElement()
        .matches(two -> two.moduleClass().equals("b.Two"));
  }

  @Test
  void knowsEachModuleThatWantsTheSameType() throws IOException {
    GateIndex index = index("one a.One x/A\ntwo b.Two x/A\n");

    assertThat(index.entries("x/A"))
        .extracting(GateIndex.Entry::module)
        .containsExactly("one", "two");
  }

  @Test
  void knowsByWhichClassesOnAStackAModulesClientsAreKnown() throws IOException {
    GateIndex index = index("one a.One x/A\none stack x.\ntwo b.Two y/D\n");

    assertThat(index.onStacks()).containsOnly(Map.entry("one", "x."));
    assertThat(index.modules()).containsExactlyInAnyOrder("one", "two");
    assertThat(index.entries("x.")).isNull();
  }

  @Test
  void knowsExactNamesOnly() throws IOException {
    GateIndex index = index("one a.One x/A\n");

    assertThat(index.entries("x.A")).isNull();
    assertThat(index.entries("x/A$B")).isNull();
    assertThat(index.entries("")).isNull();
  }

  @Test
  void readsPiecesThatWereJoinedOnAnySystem() throws IOException {
    GateIndex index = index("\r\none a.One x/A\r\n\r\n\r\ntwo b.Two y/B");

    assertThat(index.entries("x/A")).isNotNull();
    assertThat(index.entries("y/B")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "one a.One", "one a.One x/A more", "one  a.One x/A", " "})
  void refusesALineThatIsNotThreeWords(String line) {
    assertThatThrownBy(() -> index(line))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("instrumentations.txt");
  }

  private static GateIndex index(String text) throws IOException {
    return GateIndex.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
