import type { ComponentType, createElement, ReactNode } from "react";

/** As much of the viewer's own types as is used here: it comes without any. */
export type SwaggerUi = {
  (options: Record<string, unknown> & { domNode: Element }): unknown;
  getConfigs?: unknown;
};

type Props = Record<string, unknown> & { children?: ReactNode };
export type Part = ComponentType<Props>;

/** What the viewer hands to its plugins: its own React among it. */
export type System = {
  React: { createElement: typeof createElement };
  getComponent: (name: string, isContainer?: boolean) => Part;
  specSelectors: {
    loadingStatus: () => string | undefined;
    securityDefinitions: () => unknown;
    isOAS31: () => boolean;
  };
};

export type Plugin = (system: System) => {
  components?: Record<string, Part>;
  wrapComponents?: Record<string, (original: Part, system: System) => Part>;
};
