package io.stallguard.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassPathsTest {

  @Test
  void resolvesAnArtifactWithAllThatItNeedsAtRunTime() {
    List<Path> classPath = ClassPaths.resolve("com.squareup.okhttp3:okhttp:3.14.9");

    assertThat(names(classPath)).containsExactly("okhttp-3.14.9.jar", "okio-1.17.2.jar");
    assertThat(classPath).allMatch(Files::isRegularFile);
  }

  @Test
  void resolvesSeveralTogetherSoThatEachIsThereOnce() {
    List<Path> classPath =
        ClassPaths.resolve("com.squareup.okhttp3:okhttp:3.14.9", "com.squareup.okio:okio:1.17.5");

    assertThat(names(classPath)).containsExactlyInAnyOrder("okhttp-3.14.9.jar", "okio-1.17.5.jar");
  }

  @Test
  void asksTheRepositoriesOnlyOnce() {
    assertThat(ClassPaths.resolve("com.squareup.okhttp3:okhttp:3.14.9"))
        .isSameAs(ClassPaths.resolve("com.squareup.okhttp3:okhttp:3.14.9"));
  }

  @Test
  void namesTheCoordinateThatDoesNotResolve() {
    assertThatThrownBy(() -> ClassPaths.resolve("com.squareup.okhttp3:okhttp:0.0.0-none"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("com.squareup.okhttp3:okhttp:0.0.0-none");
  }

  @Test
  void namesACoordinateThatIsNone() {
    assertThatThrownBy(() -> ClassPaths.resolve("okhttp"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got okhttp");
  }

  private static List<String> names(List<Path> classPath) {
    return classPath.stream().map(each -> each.getFileName().toString()).toList();
  }
}
