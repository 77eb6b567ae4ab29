package io.stallguard.instrumentation.apachehttpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.HelperReferences;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The list of references is what the helpers use: no less, else a later version breaks the app. */
class ApacheHttpClient5ReferencesTest {
  @Test
  void listsExactlyWhatTheHelpersUse() {
    Set<String> used =
        HelperReferences.of(ApacheHttpClient5Instrumentation.class, "org/apache/hc/");

    assertThat(new ApacheHttpClient5Instrumentation().references())
        .as("references() should be%n%s", HelperReferences.source(used))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(used);
  }
}
