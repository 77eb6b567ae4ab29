package io.stallguard.instrumentation.apachehttpclient4;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.HelperReferences;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The list of references is what the helpers use: no less, else a later version breaks the app. */
class ApacheHttpClient4ReferencesTest {
  @Test
  void listsExactlyWhatTheHelpersUse() {
    Set<String> used =
        HelperReferences.of(ApacheHttpClient4Instrumentation.class, "org/apache/http/");

    assertThat(new ApacheHttpClient4Instrumentation().references())
        .as("references() should be%n%s", HelperReferences.source(used))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(used);
  }
}
