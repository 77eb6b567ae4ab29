package io.stallguard.testapp;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that have room in one JVM.
 *
 * @param forms of {@code EveryProbe}, each with the protocol that it speaks
 */
record ClientSet(String name, List<Path> classPath, List<Form> forms) {

  static ClientSet blockingAndApache() {
    return new ClientSet(
        "JDK, OkHttp, Apache",
        ClassPaths.resolve(
            "com.squareup.okhttp3:okhttp-sse:5.5.1",
            "org.apache.httpcomponents.client5:httpclient5:" + ApacheVersions.LATEST_5,
            "org.apache.httpcomponents:httpclient:" + ApacheVersions.LATEST_4,
            "org.apache.httpcomponents:httpasyncclient:4.1.5"),
        List.of(
            new Form("HttpUrlConnectionProbe/stream", Protocol.H1),
            new Form("JavaHttpClientProbe/input-stream", Protocol.H1),
            new Form("JavaHttpClientProbe/async-input-stream", Protocol.H2C),
            new Form("JavaHttpClientProbe/lines", Protocol.H2C),
            new Form("JavaHttpClientProbe/string", Protocol.H1),
            new Form("JavaHttpClientProbe/line-subscriber", Protocol.H1),
            new Form("OkHttpProbe/blocking", Protocol.H1),
            new Form("OkHttpProbe/sse", Protocol.H2C),
            new Form("ApacheHttpClient5Probe/blocking", Protocol.H1),
            new Form("ApacheHttpClient4Probe/blocking", Protocol.H1),
            new Form("ApacheAsync5Probe/bytes", Protocol.H1),
            new Form("ApacheAsync5Probe/bytes", Protocol.H2C),
            new Form("ApacheAsync4Probe/bytes", Protocol.H1),
            new Form("RawHttpProbe/lines", Protocol.H1)));
  }

  /** The clients of {@link #blockingAndApache} without the one that came with Java 11. */
  static ClientSet onJava8() {
    return blockingAndApache().without("JavaHttpClientProbe");
  }

  /** Those whose thread can be seen to read a body. */
  ClientSet thatHangInBodies() {
    List<String> names =
        List.of(
            "HttpUrlConnectionProbe/stream",
            "JavaHttpClientProbe/input-stream",
            "OkHttpProbe/blocking",
            "ApacheHttpClient5Probe/blocking",
            "ApacheHttpClient4Probe/blocking");
    return with(forms.stream().filter(form -> names.contains(form.name)).toList());
  }

  static ClientSet urlConnectionAndOkHttp() {
    ClientSet all = blockingAndApache();
    List<Form> few = new ArrayList<>(all.only("HttpUrlConnectionProbe").forms);
    few.addAll(all.only("OkHttpProbe").forms);
    return all.with(few);
  }

  static ClientSet reactorNetty() {
    return new ClientSet(
        "Reactor Netty",
        NettySuite.classPath("io.projectreactor.netty:reactor-netty-http:1.3.7"),
        List.of(
            new Form("ReactorNettyProbe/block-last", Protocol.H1),
            new Form("ReactorNettyProbe/block-last", Protocol.H2C)));
  }

  /** With a Netty that lets nobody make its own exception. */
  static ClientSet oldReactorNetty() {
    return new ClientSet(
        "Reactor Netty of old",
        NettySuite.classPath("io.projectreactor.netty:reactor-netty-http:1.0.0"),
        List.of(new Form("ReactorNettyProbe/block-last", Protocol.H1)));
  }

  static ClientSet aws() {
    return new ClientSet(
        "AWS on Netty",
        NettySuite.classPath("software.amazon.awssdk:netty-nio-client:2.57.8"),
        List.of(new Form("AwsNettyProbe/one-by-one", Protocol.H1)));
  }

  ClientSet without(String probe) {
    return with(forms.stream().filter(form -> !form.isOf(probe)).toList());
  }

  ClientSet only(String probe) {
    return with(forms.stream().filter(form -> form.isOf(probe)).toList());
  }

  private ClientSet with(List<Form> others) {
    return new ClientSet(name, classPath, others);
  }

  /** A job for each client. */
  List<JobLine> jobs(StallServer server, String wave, Scenario scenario) {
    return jobs(server, wave, scenario, "");
  }

  /** A job for each client, with settings of the scenario. */
  List<JobLine> jobs(StallServer server, String wave, Scenario scenario, String settings) {
    List<JobLine> jobs = new ArrayList<>();
    for (Form form : forms) {
      String id = wave + "-" + form.name.replaceAll("\\W+", "-") + "-" + form.protocol;
      jobs.add(JobLine.named(server, id, form.name, form.protocol, scenario, settings));
    }
    return jobs;
  }

  /** A way of using a client. */
  record Form(String name, Protocol protocol) {
    boolean isOf(String probe) {
      return name.startsWith(probe + "/");
    }
  }
}
