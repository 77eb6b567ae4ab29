package io.stallguard.core.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoverageSumsTest {
  private final CoverageRig rig = new CoverageRig();

  @Test
  void eachCopyIsSeenForItself() throws Exception {
    rig.use(CoverageRig.JETTY, "jetty-client-9.4.57.jar");
    rig.useElsewhere(CoverageRig.JETTY, "jetty-client-9.4.58.jar");

    assertThat(rig.told()).hasSize(2);
    assertThat(rig.coverage.facts())
        .extracting(CoverageFacts::version)
        .containsExactly("9.4.57", "9.4.58");
  }

  @Test
  void socketsOfNobodyAreSeenByTheirFirstStream() {
    rig.coverage.guarded("java-sockets");
    rig.coverage.guarded("java-sockets");

    assertThat(rig.coverage.facts())
        .singleElement()
        .hasToString(CoverageRig.sockets() + " is guarded");
    assertThat(rig.told()).isEmpty();
    assertThat(rig.coverage.summary())
        .isEqualTo(
            "coverage: 2 streams guarded (java-sockets 2); guarded: " + CoverageRig.sockets());
  }

  @Test
  void theSumsNameAllThatWasSeen() throws Exception {
    rig.use(CoverageRig.OKHTTP, "okhttp-4.12.0.jar");
    rig.use(CoverageRig.JETTY, "jetty-client-9.4.57.jar");
    rig.coverage.guarded("okhttp");
    rig.told();

    assertThat(rig.coverage.summary())
        .matches(
            "coverage: 1 stream guarded \\(okhttp 1\\); guarded: okhttp 4\\.12\\.0 in OwnLoader@\\w+;"
                + " not guarded: jetty-client 9\\.4\\.57 in OwnLoader@\\w+ \\(there is no module for"
                + " it\\)");
  }

  @Test
  void theSumsNameCopiesThatStandAlikeOnce() throws Exception {
    for (int i = 0; i < 3; i++) {
      rig.useElsewhere(CoverageRig.JETTY, "jetty-client-9.4.57.jar");
    }
    rig.use(CoverageRig.JETTY, "jetty-client-12.0.16.jar");
    rig.told();

    assertThat(rig.coverage.summary())
        .contains(
            "not guarded: jetty-client 9.4.57 in 3 class loaders (there is no module for it), ")
        .containsPattern(
            "jetty-client 12\\.0\\.16 in OwnLoader@\\w+ \\(there is no module for it\\)$");
  }

  @Test
  void whatComesWithTheJdkHasAVersionThoughNobodyHasAskedForIt() {
    rig.coverage.guarded("java-sockets");

    assertThat(rig.coverage.summary()).endsWith("guarded: " + CoverageRig.sockets());
  }

  @Test
  void aRowNamesWhatItsStreamsAreCountedUnder() throws Exception {
    rig.use(CoverageRig.REACTOR, "reactor-netty-http-1.2.9.jar");
    rig.use(CoverageRig.OKHTTP, "okhttp-3.8.1.jar");
    rig.use(CoverageRig.JETTY, "jetty-client-9.4.57.jar");
    rig.coverage.isAmiss("okhttp", rig.loader, Cause.VERSION);

    assertThat(rig.coverage.facts())
        .extracting(CoverageFacts::by)
        .containsExactly("netty", "java-sockets", "");
  }

  @Test
  void thereAreNoSumsWhereNothingWasGuardedAndNothingIsAmiss() throws Exception {
    rig.use(CoverageRig.OKHTTP, "okhttp-4.12.0.jar");
    rig.told();

    assertThat(rig.coverage.summary()).isNull();
  }

  @Test
  void noMoreThanACertainNumberOfRowsIsKept() throws Exception {
    for (int i = 0; i < 300; i++) {
      rig.useElsewhere(CoverageRig.JETTY, "jetty-client-9.4.57.jar");
    }

    assertThat(rig.coverage.facts()).hasSizeLessThanOrEqualTo(200);
  }

  @Test
  void aCopyThatWasUnloadedIsNoRow() throws Exception {
    rig.useElsewhere(CoverageRig.JETTY, "jetty-client-9.4.57.jar");
    rig.use(CoverageRig.JETTY, "jetty-client-9.4.58.jar");
    assertThat(rig.coverage.facts()).hasSize(2);

    rig.forgetOthers();
    while (rig.coverage.facts().size() > 1) {
      System.gc();
    }

    assertThat(rig.row()).startsWith("jetty-client 9.4.58 in ");
  }
}
