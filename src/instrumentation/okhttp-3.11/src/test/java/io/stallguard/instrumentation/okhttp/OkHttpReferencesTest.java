package io.stallguard.instrumentation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.HelperReferences;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The list of references is what the helpers use: no less, else a later version breaks the app. */
class OkHttpReferencesTest {
  @Test
  void listsExactlyWhatTheHelpersUse() {
    Set<String> used = HelperReferences.of(OkHttpInstrumentation.class, "okhttp3/", "okio/");

    assertThat(new OkHttpInstrumentation().references())
        .as("references() should be%n%s", HelperReferences.source(used))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(used);
  }
}
