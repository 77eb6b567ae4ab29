package io.stallguard.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.jar.Attributes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the jar, and what an app or a scanner can see of it. */
class JarContentsIT {
  private static final String INSIDE = "inst/";
  private static final String LICENCES = "META-INF/stallguard/";
  private static final long MOST_BYTES = 8 * 1024 * 1024;

  private static BuiltJar jar;

  @BeforeAll
  static void open() throws IOException {
    jar = new BuiltJar();
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void showsTheEntryPackageOnly() {
    assertThat(jar.files())
        .filteredOn(name -> !name.startsWith(INSIDE) && !name.startsWith("META-INF/"))
        .isNotEmpty()
        .allMatch(name -> name.matches("io/stallguard/agent/[^/]+\\.class"));
  }

  @Test
  void hasInMetaInfTheManifestAndTheLicences() {
    assertThat(jar.filesUnder("META-INF/"))
        .containsExactlyInAnyOrder(
            "META-INF/MANIFEST.MF",
            LICENCES + "LICENSE",
            LICENCES + "NOTICE",
            LICENCES + "byte-buddy/LICENSE",
            LICENCES + "byte-buddy/NOTICE",
            LICENCES + "byte-buddy/licenses/ASM",
            LICENCES + "hdrhistogram/LICENSE.txt",
            LICENCES + "slf4j/LICENSE.txt");
  }

  @Test
  void hidesItsClassesUnderAnotherName() {
    assertThat(jar.filesUnder(INSIDE)).isNotEmpty().noneMatch(name -> name.endsWith(".class"));
  }

  @Test
  void keepsAllHiddenClassesInItsOwnPackages() {
    assertThat(jar.filesUnder(INSIDE))
        .filteredOn(name -> name.endsWith(".classdata"))
        .allMatch(name -> name.startsWith("inst/io/stallguard/"))
        .noneMatch(name -> name.startsWith("inst/io/stallguard/testing/"));
  }

  @Test
  void hidesNothingButClassesAndAFewTexts() {
    assertThat(jar.filesUnder(INSIDE))
        .filteredOn(name -> !name.endsWith(".classdata"))
        .containsExactlyInAnyOrder(
            "inst/instrumentations.txt",
            "inst/simplelogger.properties",
            "inst/META-INF/services/io.stallguard.shaded.org.slf4j.spi.SLF4JServiceProvider");
  }

  @Test
  void hasNoRestOfOtherJars() {
    assertThat(jar.files())
        .noneMatch(name -> name.endsWith("pom.xml") || name.endsWith("pom.properties"))
        .noneMatch(name -> name.matches(".*\\.(SF|RSA|DSA|EC)"))
        .noneMatch(name -> name.contains("module-info") || name.contains("META-INF/versions/"));
  }

  @Test
  void saysInItsManifestWhatTheJvmNeeds() throws IOException {
    Attributes main = jar.manifest().getMainAttributes();

    assertThat(main.getValue("Premain-Class")).isEqualTo(StallGuardAgent.class.getName());
    assertThat(main.getValue("Agent-Class")).isEqualTo(StallGuardAgent.class.getName());
    assertThat(main.getValue("Can-Retransform-Classes")).isEqualTo("true");
    assertThat(main.getValue(Attributes.Name.IMPLEMENTATION_VERSION)).isNotBlank();
  }

  @Test
  void asksForNothingThatCostsTheAppItsSharedClasses() throws IOException {
    Attributes main = jar.manifest().getMainAttributes();

    assertThat(main.getValue("Boot-Class-Path")).isNull();
    assertThat(main.getValue(Attributes.Name.CLASS_PATH)).isNull();
    assertThat(main.getValue("Multi-Release")).isNull();
  }

  @Test
  void givesEachLicenceInFull() {
    assertThat(jar.text(LICENCES + "LICENSE")).contains("Apache License", "END OF TERMS");
    assertThat(jar.text(LICENCES + "byte-buddy/LICENSE")).contains("END OF TERMS");
    assertThat(jar.text(LICENCES + "byte-buddy/licenses/ASM")).contains("Redistribution");
    assertThat(jar.text(LICENCES + "hdrhistogram/LICENSE.txt")).contains("Gil Tene");
    assertThat(jar.text(LICENCES + "slf4j/LICENSE.txt")).contains("Permission is hereby granted");
  }

  @Test
  void namesInItsNoticeEachLicence() {
    assertThat(jar.text(LICENCES + "NOTICE"))
        .contains(LICENCES + "LICENSE", LICENCES + "byte-buddy/", LICENCES + "slf4j/");
  }

  @Test
  void isSmallEnoughToCarry() throws IOException {
    assertThat(BuiltJar.bytes()).isLessThanOrEqualTo(MOST_BYTES);
  }
}
