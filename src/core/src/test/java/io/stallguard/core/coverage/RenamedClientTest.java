package io.stallguard.core.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RenamedClientTest {
  private static final String BELOW = "com/acme/shaded/";
  private static final String RENAMED = "its packages were renamed (below com.acme.shaded)";
  private static final String NO_NAME = "; no module knows it by that name";
  private static final String CODEC = "io/netty/handler/codec/http/HttpClientCodec";
  private static final String MOVED_NETTY = BELOW + "io/netty/channel/Channel";

  private final CoverageRig rig = new CoverageRig();

  @Test
  void aClientThatNoSocketGuardsIsToldOnce() throws Exception {
    use(CoverageRig.REACTOR, BELOW + CoverageRig.REACTOR, "reactor-netty-http-1.2.9.jar");
    use(CoverageRig.REACTOR, BELOW + CoverageRig.REACTOR, "reactor-netty-http-1.2.9.jar");

    assertThat(rig.told())
        .singleElement()
        .asString()
        .matches("reactor-netty 1\\.2\\.9 in OwnLoader@\\w+ is not guarded: its .*")
        .endsWith(RENAMED + NO_NAME);
    assertThat(rig.coverage.facts().get(0).by()).isEmpty();
  }

  @Test
  void aClientThatSpeaksHttp2TooIsAPart() throws Exception {
    use(CoverageRig.OKHTTP, BELOW + CoverageRig.OKHTTP, "okhttp-4.12.0.jar");

    assertThat(rig.told())
        .singleElement()
        .asString()
        .endsWith(
            " is guarded in part: "
                + RENAMED
                + "; its HTTP/1.1 over blocking sockets is guarded there, and nothing else");
    assertThat(rig.coverage.facts().get(0).by()).isEqualTo("java-sockets");
  }

  @Test
  void aClientThatTheSocketsGuardWhollyIsShownAndNotTold() throws Exception {
    String apache = "org/apache/hc/client5/http/impl/classic/InternalExecRuntime";
    use(apache, BELOW + apache, "httpclient5-5.4.jar");

    assertThat(rig.told()).isEmpty();
    assertThat(rig.row()).endsWith(" is guarded: " + RENAMED);
    assertThat(rig.coverage.facts().get(0).by()).isEqualTo("java-sockets");

    rig.settings.off.add("java-sockets");
    rig.coverage.reviewLater();
    assertThat(rig.told()).singleElement().asString().contains(" is not guarded: " + RENAMED);
  }

  @Test
  void theFirstPackageMayHaveBeenReplaced() throws Exception {
    use(CoverageRig.JETTY, "com/acme/eclipse/jetty/client/HttpExchange", "jetty-client-9.4.57.jar");

    assertThat(rig.row())
        .endsWith(
            " is not guarded: its packages were renamed (below com.acme);"
                + " there is no module for it");
  }

  @Test
  void copiesBesideOneAnotherAreSeenEachForItself() throws Exception {
    rig.use(CoverageRig.OKHTTP, "okhttp-4.12.0.jar");
    use(CoverageRig.OKHTTP, BELOW + CoverageRig.OKHTTP, "app.jar");
    use(CoverageRig.OKHTTP, "com/other/" + CoverageRig.OKHTTP, "app.jar");

    assertThat(rig.coverage.facts())
        .extracting(CoverageFacts::state)
        .containsExactly(CoverageState.GUARDED, CoverageState.PARTLY, CoverageState.PARTLY);
  }

  @Test
  void troubleOfTheModuleIsNoneOfTheCopys() throws Exception {
    use(CoverageRig.OKHTTP, BELOW + CoverageRig.OKHTTP, "okhttp-4.12.0.jar");
    rig.coverage.isAmiss("okhttp", rig.loader, Cause.VERSION);

    assertThat(rig.row()).contains(RENAMED).doesNotContain("version");
  }

  @Test
  void whatComesWithTheJdkKeepsItsName() throws Exception {
    use(CoverageRig.JDK, BELOW + CoverageRig.JDK, "app.jar");

    assertThat(rig.coverage.renamable()).doesNotContain(CoverageRig.JDK);
    assertThat(rig.coverage.facts()).isEmpty();
  }

  @Test
  void ownCodeOnANettyThatWasRenamedIsTold() throws Exception {
    use(CODEC, BELOW + CODEC, "netty-codec-http-4.1.118.Final.jar", MOVED_NETTY);

    assertThat(rig.told())
        .singleElement()
        .asString()
        .startsWith("netty 4.1.118.Final in ")
        .endsWith(" is not guarded: " + RENAMED + NO_NAME);
  }

  @Test
  void itIsNotToldBesideTheClientThatStandsOnIt() throws Exception {
    use(CODEC, BELOW + CODEC, "app.jar", MOVED_NETTY);
    use(CoverageRig.REACTOR, BELOW + CoverageRig.REACTOR, "app.jar", MOVED_NETTY);

    assertThat(rig.told()).singleElement().asString().startsWith("reactor-netty ");
    assertThat(rig.coverage.facts()).hasSize(1);
  }

  @Test
  void itIsToldBesideAClientThatHasNothingToDoWithIt() throws Exception {
    rig.use(CoverageRig.OKHTTP, "okhttp-4.12.0.jar");
    use(CODEC, "com/acme/netty/handler/codec/http/HttpClientCodec", "app.jar");

    assertThat(rig.told()).singleElement().asString().contains("(below com.acme)");
  }

  @Test
  void aNettyThatHasItsOwnNameIsNotToldForItsCodec() throws Exception {
    use(CODEC, CODEC, "netty-codec-http-4.1.118.Final.jar", "io/netty/channel/Channel");

    assertThat(rig.told()).isEmpty();
  }

  @Test
  void aClientOfItsOwnNameOnANettyThatWasRenamedIsNotGuarded() throws Exception {
    use(CoverageRig.REACTOR, CoverageRig.REACTOR, "reactor-netty-1.2.9.jar", MOVED_NETTY);

    assertThat(rig.told())
        .singleElement()
        .asString()
        .endsWith(
            " is not guarded: the packages of its Netty were renamed (below com.acme.shaded)"
                + NO_NAME);
  }

  @Test
  void aClientThatWasRenamedOnANettyThatWasNotIsLeftToThat() throws Exception {
    use(CoverageRig.AHC, BELOW + CoverageRig.AHC, "app.jar", "io/netty/channel/Channel");

    assertThat(rig.coverage.facts()).isEmpty();
  }

  private void use(String written, String name, String jar, String... referred) throws Exception {
    rig.coverage.used(
        new ClientClass(
            written, name, rig.loader, CoverageRig.from(jar), ClassBytes.of(List.of(referred))),
        false);
  }
}
